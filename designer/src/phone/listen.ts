/** The browser's speech recognition, where it has one. */
interface Recognition {
  lang: string;
  onresult: ((event: { results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void) | null;
  start(): void;
}

function maker(): (new () => Recognition) | null {
  // Not in TypeScript's DOM library: Chromium has it with a prefix, others without or not at all.
  const held = window as unknown as {
    SpeechRecognition?: new () => Recognition;
    webkitSpeechRecognition?: new () => Recognition;
  };
  return held.SpeechRecognition ?? held.webkitSpeechRecognition ?? null;
}

export function recognises(): boolean {
  return maker() !== null;
}

/** Listen for one sentence and hand its words on. */
export function listenOnce(onWords: (words: string) => void) {
  const Made = maker();
  if (!Made) return;
  const recognition = new Made();
  recognition.lang = "en-US";
  recognition.onresult = (event) => {
    const words = event.results[0]?.[0]?.transcript;
    if (words) onWords(words);
  };
  recognition.start();
}
