/** Rings one telephone after the other, each asked to press a key so that no machine takes the call; TwiML as text. */
import type { Application } from "./serve.ts";

const response = (verbs: string) => `<?xml version="1.0"?><Response>${verbs}</Response>`;
const numbers = ["+15550150001", "+15550150002", "+15550150003"];

export const findMe: Application = {
  pages: () => {
    const attempt = (at: number, status = "") =>
      status === "completed" || at >= numbers.length
        ? response(
            status === "completed" ? "<Hangup/>" : "<Say>Nobody can come to the telephone.</Say><Hangup/>",
          )
        : response(
            `<Dial action="/attempt?number=${at + 1}" timeout="10"><Number url="/accept">${numbers[at]}</Number></Dial>`,
          );
    return {
      "/voice": () => attempt(0),
      "/attempt": ({ query, form }) => attempt(Number(query.number), form.DialCallStatus),
      "/accept": () =>
        response(
          `<Gather action="/accepted" numDigits="1" timeout="4"><Say>Press any key to take this call.</Say></Gather><Hangup/>`,
        ),
      "/accepted": () => response("<Say>Connecting.</Say>"),
      "/ended": () => undefined,
    };
  },
};
