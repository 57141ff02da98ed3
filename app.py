"""The start script of the app. The pages are in ``pages/``, their parts in ``ui/``.

Streamlit uses this file in two ways: ``streamlit run app.py`` imports it once and serves its ``app``. Then Streamlit
runs the file as a script for each visitor and each page.
"""

from streamlit.starlette import App

if __name__ == "__main__":
    from ui.shell.navigation import run_app

    run_app()
else:
    from ui.shell.web_server import middleware

    app = App(__file__, middleware=middleware())
