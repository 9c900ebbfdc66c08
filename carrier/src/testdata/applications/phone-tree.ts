/** A phone tree, TwiML as text: two levels, a repeat, an extension to dial, closed at night. */
import type { Application } from "./serve.ts";

const response = (verbs: string) => `<?xml version="1.0" encoding="UTF-8"?>\n<Response>${verbs}</Response>`;
const extensions: Record<string, string> = { "101": "(555) 015-0001", "102": "1-555-015-0002" };

export const phoneTree: Application = {
  pages: () => ({
    "/voice": ({ query }) =>
      response(
        query.night === undefined
          ? `<Gather action="menu" numDigits="1" timeout="3" method="GET">
               <Say voice="Polly.Joanna">Press 1 for our hours. Press 2 for an extension. Press 9 to hear this again.</Say>
             </Gather>
             <Say>We did not get that.</Say>
             <Redirect method="POST">/voice?tries=2&amp;night</Redirect>`
          : "<Say>Goodbye.</Say>",
      ),
    "/menu": ({ query }) => {
      switch (query.Digits) {
        case "1":
          return response("<Say>We are open from nine to five.</Say><Pause/><Redirect>/voice</Redirect>");
        case "2":
          return response(
            `<Gather action="/extension" finishOnKey="*" timeout="4"><Say>Dial the extension and press star.</Say></Gather>
             <Redirect>/voice</Redirect>`,
          );
        case "9":
          return response("<Redirect>voice</Redirect>");
        default:
          return response("<Say>That is no choice.</Say><Redirect>/voice</Redirect>");
      }
    },
    "/extension": ({ form }) => {
      const number = extensions[form.Digits ?? ""];
      return response(
        number
          ? `<Say>Connecting.</Say><Dial timeout="12" action="/dialled">${number}</Dial>`
          : `<Say>No such extension.</Say><Redirect>/voice</Redirect>`,
      );
    },
    "/dialled": ({ form }) =>
      response(
        form.DialCallStatus === "completed"
          ? "<Hangup/>"
          : `<Say>The extension is ${form.DialCallStatus}.</Say><Redirect>/voice</Redirect>`,
      ),
    "/ended": () => undefined,
  }),
};
