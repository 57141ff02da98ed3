// One sound for the whole page: a voice that was tapped plays on when the card of its answer appears. The audio element
// belongs to the page, because the component that started it may be gone by then.
function sharedSound() {
  if (!window.sharedSound) {
    const audio = Object.assign(new Audio(), { preload: "auto", hidden: true });
    document.body.append(audio);
    window.sharedSound = { audio, id: "" };
  }
  return window.sharedSound;
}

// Play a sound from its start. The promise is rejected where the browser does not allow it.
function playShared(id, url) {
  const sound = sharedSound();
  if (sound.id !== id) {
    sound.id = id;
    sound.audio.src = url;
  }
  sound.audio.currentTime = 0;
  return sound.audio.play();
}
