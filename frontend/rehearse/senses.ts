// What a rehearsal asks of the device: a screen that stays on, a tone, a buzz. Each may be missing or refused; then it is left out.

/** Keeps the screen on until the answer is called; asks again when the page is seen again, since hiding it ends the lock. */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | undefined, over = false;
  const ask = async () => {
    try {
      if (document.visibilityState === "visible") lock = await navigator.wakeLock?.request("screen");
      if (over) void lock?.release();
    } catch {
      // refused: a low battery, or no such thing
    }
  };
  document.addEventListener("visibilitychange", ask);
  void ask();
  return () => {
    over = true;
    document.removeEventListener("visibilitychange", ask);
    void lock?.release();
  };
}

let sound: AudioContext | undefined;
/** To be called from a press: browsers give no sound to a page that nobody touched. */
export function allowTone(): void {
  try {
    sound ??= new AudioContext();
    void sound.resume();
  } catch {
    // no sound here
  }
}

/** A short tone, where one was allowed, and a buzz where the device has one. */
export function signal(tone: boolean): void {
  try {
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(200); // else browsers complain
    if (!tone || !sound) return;
    const voice = sound.createOscillator(), volume = sound.createGain();
    voice.frequency.value = 660;
    volume.gain.setValueAtTime(0.2, sound.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 0.4);
    voice.connect(volume).connect(sound.destination);
    voice.start();
    voice.stop(sound.currentTime + 0.4);
  } catch {
    // a page that nobody has touched yet
  }
}
