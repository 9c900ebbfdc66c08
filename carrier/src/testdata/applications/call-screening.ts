/** Forwards a call to a person who may refuse it, else takes a message, TwiML as text. */
import type { Application } from "./serve.ts";

const response = (verbs: string) => `<Response>${verbs}</Response>`;

export const callScreening: Application = {
  pages: () => ({
    "/voice": () =>
      response(
        `<Dial timeout="15" action="/after" answerOnBridge="true">
           <Number url="/screen" statusCallback="/leg" statusCallbackEvent="initiated ringing answered completed">
             555-015-0001
           </Number>
         </Dial>`,
      ),
    "/screen": ({ form }) =>
      response(
        `<Gather numDigits="1" timeout="5" action="/choice">
           <Say>Call from <say-as interpret-as="telephone">${form.From}</say-as>. Press 1 to take it.</Say>
         </Gather>
         <Hangup/>`,
      ),
    "/choice": ({ form }) => response(form.Digits === "1" ? "<Say>Go ahead.</Say>" : "<Hangup/>"),
    "/after": ({ form }) =>
      response(
        form.DialCallStatus === "completed"
          ? "<Say>Thank you for calling.</Say>"
          : `<Say>Please leave a message after the beep.</Say>
             <Record maxLength="20" timeout="3" action="/left" recordingStatusCallback="/recorded"/>
             <Say>We heard nothing.</Say>`,
      ),
    "/left": () => response("<Say>We will call you back.</Say><Hangup/>"),
    "/leg": () => undefined,
    "/recorded": () => undefined,
    "/ended": () => undefined,
  }),
};
