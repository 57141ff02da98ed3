"""What tests, benchmarks and tools share: the app as a server, Chromium, visitors without a browser, recordings."""
