"""The Live page's parts: settings, the way to a connection, the stream, what is shown of it."""
