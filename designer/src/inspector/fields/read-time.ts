/** A time of day as people type it (`9`, `9:30`, `5 pm`, `0930`) as `HH:MM`; the text itself when it is none. */
export function readTime(text: string): string {
  const match = /^\s*(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?\s*$/i.exec(text);
  if (!match) return text;
  const [, hour = "", minute = "00", half = ""] = match;
  const said = Number(hour);
  const late = half.toLowerCase().startsWith("p");
  const hours = half === "" ? said : (said % 12) + (late ? 12 : 0);
  const whole = half !== "" && (said < 1 || said > 12);
  if (whole || hours > 24 || Number(minute) > 59 || (hours === 24 && minute !== "00")) return text;
  return `${String(hours).padStart(2, "0")}:${minute}`;
}
