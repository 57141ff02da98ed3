"""The parts of the Live page: settings, ICE servers, WebRTC, the state of a stream, and its charts.

May import ``ui.common`` and ``ui.shell``.
"""
