/** A desk that parks its caller with the star key and fetches it back with a short call; TwiML as text. */
import type { Application } from "./serve.ts";

const response = (verbs: string) => `<Response>${verbs}</Response>`;
const desk = "+15550199002";

export const parking: Application = {
  pages: ({ rest }) => {
    let callers = "";
    return {
      "/voice": ({ form }) => {
        if (form.From === desk)
          return response(
            `<Dial><Conference waitUrl="" beep="false" endConferenceOnExit="true" participantLabel="desk">lot-1</Conference></Dial>`,
          );
        callers = form.CallSid ?? "";
        return response(
          `<Dial hangupOnStar="true"><Number statusCallback="/desk" url="/hello">+15550150001</Number></Dial>`,
        );
      },
      "/hello": () =>
        response("<Say>A call. Ask your caller to hold and press star on the web page to park.</Say>"),
      "/desk": () => undefined,
      /** The desk's button: the caller's own call goes to the lot, the desk's leg ends. */
      "/web/park": async () => {
        const twiml = `<Response><Say>Please hold.</Say><Dial action="https://example.com/never"><Conference beep="false" startConferenceOnEnter="false" participantLabel="caller">lot-1</Conference></Dial></Response>`;
        await rest(`/Calls/${callers}.json`, {
          Twiml: twiml.replace(' action="https://example.com/never"', ""),
        });
        return "parked";
      },
      "/ended": () => undefined,
    };
  },
};
