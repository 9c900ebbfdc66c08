/** The table of voices, decoded. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findVoice, isSpeechLanguage, voicesFor } from "./index.ts";

describe("voices", () => {
  it.each([
    ["Polly.Joanna", "amazon", "en-US", "standard"],
    ["Polly.Joanna-Neural", "amazon", "en-US", "neural"],
    ["Polly.Joanna-Generative", "amazon", "en-US", "generative"],
    ["Polly.Mía-Generative", "amazon", "es-MX", "generative"],
    ["Google.en-US-Standard-C", "google", "en-US", "standard"],
    ["Google.en-US-Chirp3-HD-Kore", "google", "en-US", "chirp"],
    ["Google.es-US-Wavenet-A", "google", "es-US", "wavenet"],
    ["Google.fil-ph-Neural2-A", "google", "fil-ph", "neural"],
    ["alice", "twilio", null, "basic"],
  ])("%s is %s, %s, %s", (name, provider, language, engine) => {
    expect(findVoice(name)).toEqual({ provider, language, engine });
  });

  it.each([
    "",
    "Polly.Nobody",
    "polly.joanna",
    "Polly.Zeina-Neural",
    "Google.en-US-Standard-Z",
    "Google.xx-XX-Standard-A",
    "constructor",
    "Alice",
  ])("%j is no voice", (name) => expect(findVoice(name)).toBeNull());

  it("knows as many as Twilio names", () => {
    const languages = new Set(["en-US", "es-US", "es-MX", "es-ES", "fil-PH", "fil-ph", "arb"]);
    for (const language of languages) {
      expect(voicesFor(language).length).toBeGreaterThan(0);
      for (const name of voicesFor(language)) {
        expect(findVoice(name)?.language?.toLowerCase()).toBe(language.toLowerCase());
      }
    }
    expect(voicesFor("es-MX")).toContain("Polly.Mia-Neural");
    expect(voicesFor("es-AR").some((name) => name.startsWith("Google.es-US"))).toBe(true);
    expect(voicesFor("xx")).toEqual([]);
    // 37 of Google's and 27 of Amazon's in Twilio's list.
    expect(voicesFor("en-us").length).toBe(37 + 27);
  });

  it.each([
    ["en-US", true],
    ["es-MX", true],
    ["EN-us", true],
    ["zh", true],
    ["pa-guru-IN", true],
    ["en", false],
    ["xx-XX", false],
    ["", false],
  ])("a caller can be heard in %j: %j", (code, wanted) => {
    expect(isSpeechLanguage(code)).toBe(wanted);
  });

  it("answers any word", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (word) => {
        findVoice(word);
        expect(Array.isArray(voicesFor(word))).toBe(true);
        expect(typeof isSpeechLanguage(word)).toBe("boolean");
      }),
    );
  });
});
