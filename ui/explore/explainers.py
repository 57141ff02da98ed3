"""The explanation of each feature: what it is, what to look for, how it changes with emotion, the maths, the source.

How features change with emotion follows two reviews of studies of vocal expression: Juslin and Laukka (2003),
"Communication of emotions in vocal expression and music performance", Psychological Bulletin 129; and Scherer (2003),
"Vocal communication of emotion", Speech Communication 40. Tendencies, not rules.
"""

from __future__ import annotations

from dataclasses import dataclass

from ser_core.audio.loading import SAMPLE_RATE_HZ
from ser_core.features.extraction import DEFAULT_FRAMES, N_MELS, N_MFCC
from ser_core.features.pitch import PITCH_MAX_HZ, PITCH_MIN_HZ

_FRAME_MS = 1000 * DEFAULT_FRAMES.n_fft // SAMPLE_RATE_HZ
_HOP_MS = 1000 * DEFAULT_FRAMES.hop_length // SAMPLE_RATE_HZ

REVIEWS = (
    ("Juslin and Laukka 2003", "https://doi.org/10.1037/0033-2909.129.5.770"),
    ("Scherer 2003", "https://doi.org/10.1016/S0167-6393(02)00084-5"),
)


@dataclass(frozen=True)
class Explainer:
    """The explanation of one feature.

    Parameters
    ----------
    panel : str
        The key of the panel that draws the feature.
    field : str
        The feature's name in ``Features``; empty for the waveform, which is the clip itself.
    what : str
        What the feature is, in one or two sentences. In all texts, glossary terms are in double brackets.
    look_for : str
        What to look for in the drawing.
    with_emotion : str
        How the feature tends to change with anger, sadness and other emotions.
    equation : str
        The definition in LaTeX.
    in_words : str
        The meaning of the symbols in the equation.
    paper, paper_url : str
        The publication that describes the feature, and its address.
    """

    panel: str
    field: str
    what: str
    look_for: str
    with_emotion: str
    equation: str
    in_words: str
    paper: str
    paper_url: str


EXPLAINERS = (
    Explainer(
        panel="waveform",
        field="",
        what=(
            "The sound itself, a [[wave]]: how far the air in front of the microphone moves back and forth. "
            "All other features are computed from it."
        ),
        look_for=(
            "Tall parts are loud, flat parts are pauses. Zoom in on a vowel: the same shape repeats again and again, "
            "once each time the vocal folds open. An s or f has no such shape."
        ),
        with_emotion=(
            "**Angry** and **happy** speech tends to be taller and to start suddenly. "
            "**Sad** speech tends to be flat, with long pauses."
        ),
        equation=r"x[n] = x(n / f_s), \qquad -1 \le x[n] \le 1",
        in_words=(
            f"$x[n]$ is the $n$-th [[sample]] of the sound and $f_s$ = {SAMPLE_RATE_HZ:,} samples per second. On a "
            "long clip the drawing shows the smallest and the largest sample of each column."
        ),
        paper="Rabiner and Schafer 2007, Introduction to digital speech processing",
        paper_url="https://doi.org/10.1561/2000000001",
    ),
    Explainer(
        panel="mel",
        field="mel_power",
        what=(
            "Which [[frequency|frequencies]] the sound has at each moment: time goes to the right, frequency goes "
            "up, bright is loud. The frequency scale follows human hearing: fine at the bottom, coarse at the top. A "
            "picture much like this one is the network's input."
        ),
        look_for=(
            "Stripes above each other are a voice: the lowest is its [[pitch]], the others are its "
            "[[harmonic|harmonics]], multiples of the pitch. Broad bright bands across the stripes are the "
            "resonances of the mouth ([[formant|formants]]), which differ from vowel to vowel. Bright areas without "
            "stripes at the top are s, sh and f."
        ),
        with_emotion=(
            "**Angry** voices tend to be bright at the top, because a tense voice has strong high frequencies. **Sad** "
            "and **calm** voices tend to be dark at the top. **Happy** and **surprised** voices have stripes that bend."
        ),
        equation=(
            r"S[m, t] = \sum_k H_m[k] \, \Bigl| \sum_{n} w[n] \, x[n + tR] \, e^{-2\pi i k n / N} \Bigr|^2, \qquad "
            r"10 \log_{10} \frac{S[m, t]}{\max S}"
        ),
        in_words=(
            f"The inner sum is the spectrum of a frame of $N$ = {DEFAULT_FRAMES.n_fft} samples ({_FRAME_MS} ms) "
            f"under a Hann window $w$; a frame starts every $R$ = {DEFAULT_FRAMES.hop_length} samples ({_HOP_MS} "
            f"ms). $H_m$ are {N_MELS} overlapping triangles, evenly spaced in mel (Slaney's scale)."
        ),
        paper="Stevens, Volkmann and Newman 1937, A scale for the measurement of the psychological magnitude pitch",
        paper_url="https://doi.org/10.1121/1.1915893",
    ),
    Explainer(
        panel="mfcc",
        field="mfcc",
        what=(
            f"The outline of the spectrum in {N_MFCC} numbers ([[MFCC|mel-frequency cepstral coefficients]]). The "
            "first is the loudness of the whole, the second the balance of low and high, the others are finer and "
            "finer detail."
        ),
        look_for=(
            "Where the colours stay the same, one sound is held; where they change, the mouth moves. "
            "Red is above this clip's [[average]], blue below."
        ),
        with_emotion=(
            "A loud, tense (**angry**) voice tends to raise the first number and to lower the second, because it has "
            "more energy at high frequencies. **Sad** speech does the opposite. The other numbers depend more on who "
            "speaks and on what is said."
        ),
        equation=(
            r"c[j, t] = \sqrt{\tfrac{2}{M}} \sum_{m=0}^{M-1} "
            r"10 \log_{10} S[m, t] \, \cos \Bigl( \tfrac{\pi j}{M} \bigl(m + \tfrac12\bigr) \Bigr)"
        ),
        in_words=(
            f"A cosine transform of the mel spectrogram in decibels; $M$ = {N_MELS} bands, $j$ = 0 to {N_MFCC - 1} "
            r"(for $j$ = 0 the factor is $\sqrt{1/M}$). The drawing shows each number in its own standard deviations."
        ),
        paper="Davis and Mermelstein 1980, Comparison of parametric representations for monosyllabic word recognition",
        paper_url="https://doi.org/10.1109/TASSP.1980.1163420",
    ),
    Explainer(
        panel="chroma",
        field="chroma",
        what=(
            "Which of the twelve notes of an octave ([[semitone|semitones]]) is strongest. All octaves count "
            "together: a low A and a high A are in the same row. This feature was made for music."
        ),
        look_for=(
            "When you sing one note, one row becomes bright. In speech the bright row changes with the pitch. "
            "In noise and pauses it jumps and has no meaning."
        ),
        with_emotion=(
            "Little is known: no emotion has its own notes. But a bright row that moves much is a lively melody, as in "
            "**happy** and **surprised** speech. A row that stays is monotone, as **sad** and **neutral** speech "
            "tends to be."
        ),
        equation=(
            r"C[p, t] = \sum_{k \,:\, \mathrm{round}(12 \log_2 (f_k / f_{\mathrm{C}})) \bmod 12 \,=\, p} |X[k, t]|^2"
        ),
        in_words=(
            "The energy of all frequencies $f_k$ whose nearest note is $p$; C is 0 and B is 11 (A = 440 Hz). Each "
            "moment is divided by its largest value. In the software, neighbouring notes share a frequency smoothly."
        ),
        paper="Bartsch and Wakefield 2005, Audio thumbnailing of popular music using chroma-based representations",
        paper_url="https://doi.org/10.1109/TMM.2004.840597",
    ),
    Explainer(
        panel="zcr",
        field="zero_crossing_rate",
        what="How often per second the [[wave]] crosses the middle line, in either direction.",
        look_for=(
            "Peaks are s, sh, f and t: hissing sounds cross the line thousands of times per second. Vowels cross it a "
            "few hundred times: a pure tone of 440 Hz crosses it 880 times."
        ),
        with_emotion=(
            "It rises with [[brightness]]: within vowels, **angry** voices tend to be higher than **sad** ones. "
            "Background noise raises it too, most of all in pauses."
        ),
        equation=(
            r"Z[t] = \frac{f_s}{N} \sum_{n=1}^{N-1} "
            r"\bigl[ \operatorname{sgn} x[n] \ne \operatorname{sgn} x[n-1] \bigr]"
        ),
        in_words=f"Counted within each frame of $N$ = {DEFAULT_FRAMES.n_fft} samples ({_FRAME_MS} ms).",
        paper="Kedem 1986, Spectral analysis and discrimination by zero-crossings",
        paper_url="https://doi.org/10.1109/PROC.1986.13663",
    ),
    Explainer(
        panel="rms",
        field="rms",
        what=(
            "How loud the sound is at each moment: its [[level]] (root mean square), in [[decibel|decibels]] under "
            "the loudest sound that a file can hold. 6 dB more is twice the [[amplitude]]; 10 dB more sounds about "
            "twice as loud."
        ),
        look_for=("Hills are syllables, valleys are pauses. Hills far above the valleys mean forceful speech."),
        with_emotion=(
            "One of the clearest cues: **angry** speech tends to be loud and to vary much, **sad** and **calm** speech "
            "tends to be soft. But the distance to the microphone changes the level too, so the network does not use "
            "it."
        ),
        equation=r"L[t] = 10 \log_{10} \Bigl( \frac{1}{N} \sum_{n=0}^{N-1} x[n + tR]^2 \Bigr)",
        in_words=(
            f"The mean square of each frame of $N$ samples ({_FRAME_MS} ms), in decibels. A sine with the "
            "largest amplitude is 3 dB under full scale; the drawing ends 80 dB under full scale."
        ),
        paper="Juslin and Laukka 2003, Communication of emotions in vocal expression and music performance",
        paper_url="https://doi.org/10.1037/0033-2909.129.5.770",
    ),
    Explainer(
        panel="pitch",
        field="pitch_hz",
        what=(
            "How often per second the vocal folds open: the melody of the voice. Many men speak at about 120 "
            "[[hertz|Hz]], many women at about 210 Hz, children higher."
        ),
        look_for=(
            "The line rises and falls with the melody, and often falls at the end of a statement. It has gaps "
            "where there is no voice, as in pauses or in an s. A jump by an octave inside "
            "a line would be an error of the method; the drawing moves such points back."
        ),
        with_emotion=(
            "**Angry**, **happy**, **surprised** and **frightened** voices tend to be high, the first three with a "
            "wide range. **Sad** voices tend to be low and flat. The change from a person's usual voice is what counts."
        ),
        equation=(
            r"d[\tau] = \sum_n \bigl(x[n] - x[n + \tau]\bigr)^2, \qquad "
            r"d'[\tau] = \frac{d[\tau]}{\frac1\tau \sum_{j=1}^{\tau} d[j]}, \qquad f_0 = \frac{f_s}{\tau^*}"
        ),
        in_words=(
            r"YIN: $\tau^*$ is the smallest delay at which the delayed sound is most like the original: $d'$ has its "
            f"first deep valley there. The search goes from {PITCH_MIN_HZ:.0f} to {PITCH_MAX_HZ:.0f} Hz. Frames "
            "without a clear repetition count as having no voice."
        ),
        paper="de Cheveigné and Kawahara 2002, YIN, a fundamental frequency estimator for speech and music",
        paper_url="https://doi.org/10.1121/1.1458024",
    ),
)
BY_PANEL = {explainer.panel: explainer for explainer in EXPLAINERS}
