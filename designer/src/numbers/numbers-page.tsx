import "../mantine-forms.css";
import { Button, NativeSelect } from "@mantine/core";
import { IconPhone } from "@tabler/icons-react";
import { useState } from "react";
import { api, type NumberInfo } from "../api.ts";
import { refuse, tell } from "../frame/notify.ts";
import { Empty, Page, RowSkeletons } from "../frame/page.tsx";
import { FaultBox } from "../frame/paged.tsx";
import { useSession } from "../frame/session.ts";
import { useAnswer } from "../frame/use-answer.ts";
import { usePhone } from "../phone/phone-provider.tsx";

/** Which flow answers which number. */
export function NumbersPage() {
  const { load, reload, setLoad } = useAnswer("numbers", api.numbers);
  const flows = useAnswer("flows for numbers", () => api.flows());
  const [busy, setBusy] = useState<string | null>(null);
  const session = useSession();
  const phone = usePhone();
  const choices = flows.load.is === "ready" ? flows.load.value.items : [];
  const assign = async (number: NumberInfo, flowId: string | null) => {
    setBusy(number.number);
    const answer = await api.setNumber(number.number, flowId);
    setBusy(null);
    if (!answer.ok) return refuse(answer.fault.sentence);
    setLoad((before) =>
      before.is === "ready"
        ? {
            is: "ready",
            value: {
              items: before.value.items.map((one) => (one.number === number.number ? answer.value : one)),
            },
          }
        : before,
    );
    session.reload();
    tell(
      answer.value.flowName
        ? `${number.number} is now answered by ${answer.value.flowName}.`
        : `${number.number} is answered by no flow.`,
    );
  };
  return (
    <Page title="Numbers">
      {load.is === "loading" && <RowSkeletons />}
      {load.is === "failed" && <FaultBox sentence={load.fault.sentence} onRetry={() => void reload()} />}
      {load.is === "ready" && load.value.items.length === 0 && (
        <Empty title="No numbers">
          A number is what callers dial. Numbers appear here when the line that Trunkline is connected to has
          some.
        </Empty>
      )}
      {load.is === "ready" && load.value.items.length > 0 && (
        <div className="table-box">
          <table className="table" aria-label="Numbers">
            <thead>
              <tr>
                <th>Number</th>
                <th>Name</th>
                <th>Answered by</th>
                <th>Line</th>
                <th>
                  <span className="visually-hidden">Call</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {load.value.items.map((one) => (
                <tr key={one.number}>
                  <td className="mono">{one.number}</td>
                  <td>{one.label}</td>
                  <td style={{ width: 280 }}>
                    <NativeSelect
                      aria-label={`Flow that answers ${one.number}`}
                      disabled={busy === one.number}
                      value={one.flowId ?? ""}
                      data={[{ value: "", label: "No flow" }, ...withCurrent(choices, one)]}
                      onChange={(event) => void assign(one, event.currentTarget.value || null)}
                    />
                  </td>
                  <td>
                    {one.webhookOk ? (
                      <span className="tag">Connected</span>
                    ) : (
                      <span className="tag" data-tone="warning">
                        Webhook not set
                      </span>
                    )}
                  </td>
                  <td className="number">
                    {session.line.kind === "built-in" && (
                      <Button
                        variant="default"
                        leftSection={<IconPhone size={14} />}
                        disabled={!one.flowId}
                        onClick={() => phone.call(one.number)}
                        aria-label={`Call it: ${one.number}`}
                      >
                        Call it
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  );
}

function withCurrent(flows: readonly { id: string; name: string }[], number: NumberInfo) {
  const known = flows.map((flow) => ({ value: flow.id, label: flow.name }));
  if (!number.flowId || known.some((one) => one.value === number.flowId)) return known;
  return [{ value: number.flowId, label: number.flowName ?? number.flowId }, ...known];
}
