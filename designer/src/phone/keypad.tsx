import css from "./phone.module.css";
import { keypadKeys, playTone } from "./tones.ts";

/** Twelve keys that sound as they should. */
export function Keypad({ disabled, onPress }: { disabled: boolean; onPress(key: string): void }) {
  return (
    <fieldset className={css.keypad} aria-label="Keypad">
      {keypadKeys.map((key) => (
        <button
          key={key}
          type="button"
          disabled={disabled}
          aria-label={`Key ${key === "*" ? "star" : key === "#" ? "pound" : key}`}
          onClick={() => {
            playTone(key);
            onPress(key);
          }}
        >
          {key}
        </button>
      ))}
    </fieldset>
  );
}
