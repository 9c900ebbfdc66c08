/** Callers wait in a queue and may leave it for a message; agents take the next one from a web page; TwiML as text, REST as forms. */
import type { Application } from "./serve.ts";

const response = (verbs: string) => `<Response>${verbs}</Response>`;

export const supportQueue: Application = {
  pages: ({ rest, url }) => ({
    "/voice": () =>
      response(
        `<Say>Welcome.</Say><Enqueue waitUrl="/wait" waitUrlMethod="GET" action="/left">support</Enqueue>
         <Say>Never heard.</Say>`,
      ),
    "/wait": ({ query }) =>
      response(
        `<Gather numDigits="1" action="/escape" timeout="1">
           <Say>You are number ${query.QueuePosition}. Press star to leave a message.</Say>
         </Gather>
         <Play>/music.mp3</Play>`,
      ),
    "/escape": ({ form }) =>
      response(form.Digits === "*" ? "<Leave/>" : "<Redirect method='GET'>/wait</Redirect>"),
    "/left": ({ form }) =>
      response(
        form.QueueResult === "leave"
          ? `<Say>Your message, please.</Say><Record timeout="2" finishOnKey="#" action="/thanks" playBeep="false"/>`
          : "<Say>Goodbye.</Say>",
      ),
    "/thanks": () => response("<Say>Thank you.</Say>"),
    /** An agent clicks: the agent's telephone rings and takes the next caller. */
    "/web/next": async () => {
      await rest("/Calls.json", [
        ["To", "+15550150001"],
        ["From", "+15550100001"],
        ["Url", `${url}/agent`],
        ["StatusCallback", `${url}/agent-call`],
        ["StatusCallbackEvent", "answered"],
        ["StatusCallbackEvent", "completed"],
      ]);
      return "ringing";
    },
    "/agent": () =>
      response(`<Dial action="/talked" timeout="6"><Queue url="/whisper">support</Queue></Dial>`),
    "/whisper": ({ form }) => response(`<Say>After ${form.QueueTime} seconds: an agent.</Say>`),
    "/talked": ({ form }) => response(`<Say>${form.DialCallStatus}.</Say>`),
    "/agent-call": () => undefined,
    "/ended": () => undefined,
  }),
};
