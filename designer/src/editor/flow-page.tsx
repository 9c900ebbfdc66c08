import { api } from "../api.ts";
import { ErrorPage } from "../frame/error-page.tsx";
import { PageSkeleton } from "../frame/page.tsx";
import { useAnswer } from "../frame/use-answer.ts";
import { Editor } from "./editor.tsx";

/** Opens the draft of a flow. */
export function FlowPage({ id }: { id: string }) {
  const { load, reload } = useAnswer(id, () => api.flow(id));
  if (load.is === "loading") return <PageSkeleton />;
  if (load.is === "failed") return <ErrorPage fault={load.fault} onRetry={() => void reload()} />;
  return <Editor opened={load.value} />;
}
