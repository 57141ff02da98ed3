"""The text of the sections on the law and on hosting."""

LAW = """
The European Union's AI Act is Regulation (EU) 2024/1689. Its **article 5(1)(f)** forbids AI systems that infer the
emotions of people **at work and in education**. There are two exceptions: medical reasons and safety. The rule
applies since 2 February 2025. A lesson at school is education, so the rule applies in your classroom, even if it is
only a game.

**What you may do.** Learn how such systems work: with recordings of actors, with computer voices, and with the
measured features of any voice, such as pitch and loudness. To measure that a voice has 200 Hz is not to infer an
emotion.

**What you must not do.** Let this app, or any other, say which emotion a pupil's voice shows.
"""

CLASSROOM_MODE = """
In classroom mode, **no page infers an emotion from a visitor's own voice or file**. The pages show its features:
pitch, loudness, spectrogram. The network's answers are shown only for samples, which are recordings of actors and
computer voices.

- A link with `?mode=classroom` switches it on. It stays on for the whole visit, on every page.
- The person who hosts the app can switch it on for all visitors: `SER_MODE=classroom`. Use this at school: a link can
  be edited, this setting cannot.
- The badge *Classroom mode* is on top of each page while it is on.
"""

PRIVACY = """
- **No account, and nothing is stored.** A recording or a file is in the server's memory for the visit only. What a
  pupil has answered in a lesson is in the same memory, and it is gone when the page is closed.
- **The lessons need no microphone**, and they send no sound to the server.
- The server's log has no audio, no file name and no emotion.
- A voice is personal data. If pupils record themselves, ask your school which consent it needs, and prefer a server
  of your own.
- Use only recordings of people who agreed.
"""

LAPTOP = """
One laptop is enough for a class. It serves the pages, and the pupils open them in a browser, in the school's WLAN.

1. At home, with internet: install Python 3.11, 3.12 or 3.13, get the project, and run
   `pip install -r requirements-serve.txt`.
2. At school, in the project's folder: `SER_MODE=classroom SER_SAMPLES_URL= streamlit run app.py`. The second setting
   means that no clip is fetched. On Windows: `set SER_MODE=classroom`, then `streamlit run app.py`.
3. The pupils open `http://` followed by the laptop's address and `:8501`, for example `http://192.168.1.20:8501`.

**What works offline:** lessons, worksheets, the listening game with computer voices, See the sound, Data and Model.
On the laptop itself, with a projector, also Act it and Live.

**What does not work this way:** the microphone on other devices. Browsers allow it only on a page with HTTPS, or on the
laptop itself. Uploads of recordings work. `docs/hosting.md` says how to get HTTPS.

**How much it needs.** In a measurement on two processor cores, the server used less than {memory_mb} MB after 20
visitors who each analysed a clip. With a class of 30 who uploaded and looked at clips at the same time, no upload
failed, half of the answers took less than 0.1 s and nearly all less than 1.5 s. `docs/performance.md` and
`docs/hosting.md` have the measurements.
"""

# A test compares this limit with docs/performance.md.
MEMORY_MB = 300
NO_ADVICE = "This is a summary in plain words. It is no legal advice."
