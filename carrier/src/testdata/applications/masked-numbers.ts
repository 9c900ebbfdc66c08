/** Two parties who never see each other's number: the office's number stands between them. TwiML as text. */
import type { Application } from "./serve.ts";

const response = (verbs: string) => `<Response>${verbs}</Response>`;
const pairs: Record<string, string> = { "+15550199001": "+15550150001", "+15550199002": "+15550150002" };

export const maskedNumbers: Application = {
  pages: () => ({
    "/voice": ({ form }) => {
      const other = pairs[form.From ?? ""];
      return response(
        other
          ? `<Dial callerId="${form.To}" record="record-from-answer-dual" recordingStatusCallback="/recorded" timeLimit="30">${other}</Dial>
             <Say>Your call is over.</Say>`
          : `<Reject reason="busy"/>`,
      );
    },
    "/recorded": () => undefined,
    "/ended": () => undefined,
  }),
};
