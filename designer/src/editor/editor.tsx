/**
 * The flow editor: top bar, canvas, inspector, dock. It owns what they share (document store, selection, walk) and
 * nothing else; each pane has a folder of its own.
 */
import { Skeleton } from "@mantine/core";
import type { Finding } from "@trunkline/schema/lint";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { api, type FlowDetail } from "../api.ts";
import { Canvas, type CanvasHandle } from "../canvas/canvas.tsx";
import { currentNode, type Walk, walkOf } from "../canvas/walk.ts";
import type { Wire } from "../document/command.ts";
import { replaceDocument } from "../document/commands/replace-document.ts";
import { Guard } from "../frame/guard.tsx";
import { refuse, tell } from "../frame/notify.ts";
import { useTitle } from "../frame/page.tsx";
import { useSession } from "../frame/session.ts";
import { variableFieldId } from "../inspector/field-ids.ts";
import { fetchLater, late } from "../late/late.ts";
import { loadPatterns } from "../late/patterns.ts";
import { usePhone } from "../phone/phone-provider.tsx";
import { badgesOf, fieldOf, type SourceProblem, useFindings } from "../problems/find-problems.ts";
import type { HeldText } from "../source/held-text.ts";
import { Dock } from "./dock.tsx";
import css from "./editor.module.css";
import { useDock } from "./editor-state.ts";
import { Resizer } from "./resizer.tsx";
import { TopBar } from "./top-bar.tsx";
import { useDraft } from "./use-draft.ts";
import { useShortcuts } from "./use-shortcuts.ts";

const Inspector = late(() => import("../inspector/inspector.tsx").then((one) => one.Inspector));
const ProblemsPane = late(() => import("../problems/problems-pane.tsx").then((one) => one.ProblemsPane));
const RehearsalPane = late(() => import("../rehearsal/rehearsal-pane.tsx").then((one) => one.RehearsalPane));
const PublishDialog = late(() => import("../versions/publish-dialog.tsx").then((one) => one.PublishDialog));
const VersionsDialog = late(() =>
  import("../versions/versions-dialog.tsx").then((one) => one.VersionsDialog),
);
const CallsPane = late(() => import("../calls/calls-pane.tsx").then((one) => one.CallsPane));
const SearchDialog = late(() => import("./search-dialog.tsx").then((one) => one.SearchDialog));
const HelpDialog = late(() => import("./help-dialog.tsx").then((one) => one.HelpDialog));
const ConflictDialog = late(() => import("./conflict-dialog.tsx").then((one) => one.ConflictDialog));
// Not fetched ahead: with its editor it weighs more than all the rest together.
const SourcePane = lazy(() =>
  Promise.all([import("../source/source-pane.tsx"), loadPatterns()]).then(([one]) => ({
    default: one.SourcePane,
  })),
);

const PlaceCallDialog = late(() =>
  import("../phone/place-call-dialog.tsx").then((one) => one.PlaceCallDialog),
);

type Dialog = "place-call" | "publish" | "versions" | "help" | "search" | null;

export function Editor({ opened }: { opened: FlowDetail }) {
  const draft = useDraft(opened);
  const { store, autosave, flow, history, saving } = draft;
  const [published, setPublished] = useState(opened.published);
  const [selected, setSelected] = useState<{ nodes: readonly string[]; wires: readonly Wire[] }>({
    nodes: [],
    wires: [],
  });
  const [dialog, setDialog] = useState<Dialog>(null);
  const [rehearsed, setRehearsed] = useState<Walk | null>(null);
  const [sourceProblems, setSourceProblems] = useState<readonly SourceProblem[]>([]);
  const [heldText, setHeldText] = useState<HeldText | null>(null);
  const [goTo, setGoTo] = useState<{ line: number } | null>(null);
  const [dock, changeDock] = useDock();
  const canvas = useRef<CanvasHandle>(null);
  const { line } = useSession();
  const phone = usePhone();
  useTitle(flow.name);
  // The drawing comes first: everything else is asked for when it stands.
  const [drawn, setDrawn] = useState(false);
  const onDrawn = useCallback(() => setDrawn(true), []);
  useEffect(() => {
    if (drawn) fetchLater();
  }, [drawn]);

  const findings = useFindings(flow);
  const badges = useMemo(() => badgesOf(findings), [findings]);
  const called = phone.state?.flowId === opened.id ? phone.state : null;
  const calledWalk = useMemo(
    () =>
      called && (called.trace.length > 0 || called.currentNode)
        ? walkOf(called.trace, currentNode(flow, called.trace, called.currentNode))
        : null,
    [called, flow],
  );
  const walk = dock.open && dock.tab === "rehearsal" ? rehearsed : calledWalk;

  const select = useCallback((nodes: readonly string[], wires: readonly Wire[] = []) => {
    setSelected((before) =>
      before.nodes.join() === nodes.join() && sameWires(before.wires, wires) ? before : { nodes, wires },
    );
  }, []);
  const show = useCallback(
    (node: string, field?: string | null) => {
      setDialog(null);
      select([node]);
      requestAnimationFrame(() => {
        canvas.current?.zoomTo(node);
        if (field) focusField(field);
      });
    },
    [select],
  );
  const openInspector = (node: string) => {
    select([node]);
    focusWhenThere(() =>
      document.querySelector<HTMLElement>(
        '[aria-label="Inspector"] input, [aria-label="Inspector"] textarea',
      ),
    );
  };
  const refreshPublished = useCallback(async () => {
    const answer = await api.flow(opened.id);
    if (!answer.ok) return;
    setPublished(answer.value.published);
    autosave.learn(answer.value.draftDiffers);
  }, [opened.id, autosave]);
  /** A quick fix is one step that can be undone. What it was found in may have changed meanwhile: then it says so. */
  const fix = async ({ fix: found }: Finding) => {
    const { applyFix } = await import("@trunkline/schema/lint");
    if (!found) return;
    try {
      store.run(replaceDocument, { document: applyFix(store.flow(), found), name: found.title });
    } catch {
      refuse("The flow has changed since this was found; look at the problem again.");
    }
  };
  const save = async () => ((await autosave.flush()) ? autosave.saved().revision : null);
  useShortcuts({
    store,
    nodes: selected.nodes,
    wires: selected.wires,
    canvas: canvas.current,
    select,
    openInspector,
    openHelp: () => setDialog("help"),
    openSearch: () => setDialog("search"),
    saveNow: () => void autosave.flush(),
  });

  const commands = [
    { name: "Add a node", run: () => canvas.current?.openPalette() },
    { name: "Tidy the layout", run: () => canvas.current?.tidy() },
    { name: "Show the whole flow", run: () => canvas.current?.fit() },
    { name: "Rehearse", run: () => changeDock({ open: true, tab: "rehearsal" }) },
    { name: "Show the source", run: () => changeDock({ open: true, tab: "source" }) },
    { name: "Publish", run: () => setDialog("publish") },
    { name: "Versions", run: () => setDialog("versions") },
    { name: "Keyboard help", run: () => setDialog("help") },
  ];
  const draftDiffers = published === null || autosave.saved().draftDiffers;

  return (
    <div
      className={css.editor}
      style={{ gridTemplateColumns: `minmax(50vw, 1fr) auto min(${dock.width}px, 42vw)` }}
    >
      <TopBar
        flow={flow}
        store={store}
        history={history}
        saving={saving}
        published={published}
        draftDiffers={draftDiffers}
        findings={findings}
        extraErrors={sourceProblems.length}
        numbers={line.kind === "built-in" ? opened.numbers : null}
        onProblems={() => changeDock({ open: true, tab: "problems" })}
        onVersions={() => setDialog("versions")}
        onRehearse={() => changeDock({ open: true, tab: "rehearsal" })}
        onCall={(number) => {
          if (dock.tab === "rehearsal") changeDock({ open: false });
          phone.call(number);
        }}
        onPlaceCall={() => setDialog("place-call")}
        onPublish={() => setDialog("publish")}
        onHelp={() => setDialog("help")}
        onSearch={() => setDialog("search")}
      />
      <div className={css.middle}>
        <div className={css.canvas}>
          <Canvas
            flow={flow}
            edit={store.run}
            badges={badges}
            walk={walk}
            selected={selected.nodes}
            onSelect={select}
            onOpen={openInspector}
            onDrawn={onDrawn}
            handle={canvas}
            label={`Canvas of ${flow.name}`}
          />
        </div>
        <Dock
          dock={dock}
          change={changeDock}
          problems={findings.length + sourceProblems.length}
          sourceHeld={heldText !== null}
        >
          <Guard key={dock.tab} what="This pane">
            <Suspense fallback={<Skeleton height="100%" />}>
              {dock.tab === "problems" && (
                <ProblemsPane
                  flow={flow}
                  findings={findings}
                  source={sourceProblems}
                  onOpen={(one) => (one.node ? show(one.node, fieldOf(one.pointer)) : select([]))}
                  onFix={(one) => void fix(one)}
                  onOpenSource={(one) => {
                    changeDock({ open: true, tab: "source" });
                    setGoTo({ line: one.line });
                  }}
                />
              )}
              {dock.tab === "rehearsal" && (
                <RehearsalPane flowId={opened.id} flow={flow} onWalk={setRehearsed} onNode={show} />
              )}
              {dock.tab === "source" && (
                <SourcePane
                  flow={flow}
                  run={store.run}
                  onProblems={setSourceProblems}
                  held={heldText}
                  onHold={setHeldText}
                  goTo={goTo}
                />
              )}
              {dock.tab === "calls" && <CallsPane flowId={opened.id} />}
            </Suspense>
          </Guard>
        </Dock>
      </div>
      <Resizer
        label="Width of the inspector"
        along="width"
        size={dock.width}
        least={280}
        most={window.innerWidth * 0.42}
        onResize={(width) => changeDock({ width })}
      />
      <Guard what="The inspector">
        <aside className={css.inspector} aria-label="Inspector">
          {drawn ? (
            <Suspense fallback={<Skeleton height={240} />}>
              <Inspector flow={flow} selected={selected.nodes} run={store.run} onSelect={select} />
            </Suspense>
          ) : (
            <Skeleton height={240} />
          )}
        </aside>
      </Guard>
      <Suspense>
        {dialog === "publish" && (
          <PublishDialog
            detail={{ ...opened, published }}
            flow={flow}
            save={save}
            onShow={show}
            onClose={() => setDialog(null)}
            onPublished={(version) => {
              setDialog(null);
              tell(`Version ${version} is live. New calls hear it from now on.`);
              void refreshPublished();
            }}
          />
        )}
        {dialog === "versions" && (
          <VersionsDialog
            flowId={opened.id}
            onChanged={() => void refreshPublished()}
            onClose={() => setDialog(null)}
          />
        )}
        {dialog === "place-call" && (
          <PlaceCallDialog
            flowId={opened.id}
            flow={flow}
            builtIn={line.kind === "built-in"}
            published={published !== null}
            onClose={() => setDialog(null)}
          />
        )}
        {dialog === "help" && <HelpDialog onClose={() => setDialog(null)} />}
        {dialog === "search" && (
          <SearchDialog
            flow={flow}
            commands={commands}
            onNode={(node) => show(node)}
            onVariable={(name) => {
              select([]);
              focusField(variableFieldId(name));
            }}
            onClose={() => setDialog(null)}
          />
        )}
        {saving.is === "conflict" && (
          <ConflictDialog
            mine={flow}
            theirs={saving.theirs}
            onTakeTheirs={autosave.takeTheirs}
            onKeepMine={autosave.keepMine}
          />
        )}
      </Suspense>
    </div>
  );
}

function sameWires(a: readonly Wire[], b: readonly Wire[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => one.node === b[index]?.node && one.outcome === b[index]?.outcome)
  );
}

/** Leads the keyboard to a field; without an element of its own, to its nearest parent. */
function focusField(path: string) {
  const parts = path.split(".");
  focusWhenThere(() => {
    for (let length = parts.length; length > 0; length -= 1) {
      const field = document.getElementById(parts.slice(0, length).join("."));
      if (field) return field;
    }
    return null;
  });
}

/** A form is mounted with the selection, and the first one is fetched before that: look again until it is there. */
function focusWhenThere(find: () => HTMLElement | null, tries = 100) {
  requestAnimationFrame(() => {
    const found = find();
    if (found) {
      found.focus();
      found.scrollIntoView({ block: "center" });
    } else if (tries > 0) setTimeout(() => focusWhenThere(find, tries - 1), 30);
  });
}
