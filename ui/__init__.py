"""What the pages share: everything that touches Streamlit or Plotly. Imports ``ser_core``."""
