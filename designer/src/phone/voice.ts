/** The browser's own voice. Speaking where there is none is no error: `onEnd` comes after the estimate instead. */
export interface Spoken {
  stop(): void;
}

/** Can this browser speak at all? Voices may load late, so this is asked each time. */
export function hasVoices(): boolean {
  return "speechSynthesis" in window && window.speechSynthesis.getVoices().length > 0;
}

export function speak(text: string, language: string, onEnd?: () => void): Spoken {
  if (!hasVoices()) {
    const timer = setTimeout(() => onEnd?.(), estimateMs(text));
    return { stop: () => clearTimeout(timer) };
  }
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = language;
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    onEnd?.();
  };
  utterance.onend = end;
  utterance.onerror = end;
  window.speechSynthesis.cancel();
  window.speechSynthesis.speak(utterance);
  return {
    stop: () => {
      over = true;
      window.speechSynthesis.cancel();
    },
  };
}

/** About 170 English words a minute. */
function estimateMs(text: string): number {
  return Math.max(400, (text.length / 15) * 1000);
}
