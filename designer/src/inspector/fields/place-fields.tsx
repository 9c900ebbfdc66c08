/** Time zones and languages: codes with the names people know them by. */
import { useMemo } from "react";
import { SuggestedField } from "./suggested-field.tsx";
import type { Words } from "./words.ts";

interface CodeFieldProps extends Words {
  readonly value: string;
  onChange(value: string): void;
}

export function ZoneField({ value, onChange, ...words }: CodeFieldProps) {
  const zones = useMemo(() => Intl.supportedValuesOf("timeZone").map((zone) => ({ value: zone })), []);
  return (
    <SuggestedField
      {...words}
      value={value}
      suggestions={zones}
      placeholder="America/New_York"
      meaning={timeIn(value)}
      onChange={onChange}
    />
  );
}

/** What the clocks there show; null for no zone. */
function timeIn(zone: string): string | null {
  try {
    const how = {
      timeZone: zone,
      weekday: "long",
      hour: "2-digit",
      minute: "2-digit",
      hour12: false,
    } as const;
    return zone === "" ? null : new Intl.DateTimeFormat("en-US", how).format(new Date());
  } catch {
    return null;
  }
}

/** Offered first; any other BCP 47 code can be typed. */
const languages = [
  "en-US",
  "es-US",
  "es-MX",
  "en-GB",
  "fr-CA",
  "fr-FR",
  "de-DE",
  "pt-BR",
  "zh-CN",
  "vi-VN",
  "ko-KR",
  "fil-PH",
  "ru-RU",
  "ar-XA",
];

export function LanguageField({ value, onChange, ...words }: CodeFieldProps) {
  return (
    <SuggestedField
      {...words}
      value={value}
      suggestions={languages.map((one) => ({ value: one, label: nameOf(one) ?? one }))}
      placeholder="en-US"
      meaning={nameOf(value)}
      onChange={onChange}
    />
  );
}

function nameOf(code: string): string | null {
  try {
    return code === "" ? null : (new Intl.DisplayNames("en-US", { type: "language" }).of(code) ?? null);
  } catch {
    return null;
  }
}
