"""What pages share and Streamlit touches."""
