"""The parts of the pages: all code that uses Streamlit or Plotly. Imports ``ser_core``."""
