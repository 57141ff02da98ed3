# The app alone: what serving needs, no TensorFlow, no corpora. See docs/hosting.md.
#
# A tag can be moved to another image, a digest cannot. For builds that are the same each time, look the digest up with
#     docker buildx imagetools inspect --format '{{.Manifest.Digest}}' python:3.11-slim
# and write it behind the tag in both FROM lines: python:3.11-slim@sha256:DIGEST. Renew it with each security update.
FROM python:3.11-slim AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements-serve.txt /
RUN /venv/bin/pip install -r /requirements-serve.txt

FROM python:3.11-slim
# The code belongs to root, so that the app cannot change it.
RUN useradd --uid 10001 --create-home app
COPY --from=packages /venv /venv
# No bytecode files: the root file system may be read-only.
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY . .
# So that the image runs the command line too: docs/command_line.md.
RUN ln -s /app/deploy/ser /usr/local/bin/ser
USER 10001
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://localhost:8501/_stcore/health', timeout=4)"]
CMD ["streamlit", "run", "app.py", "--server.port=8501", "--server.address=0.0.0.0", "--server.headless=true", \
     "--logger.hideWelcomeMessage=true"]
