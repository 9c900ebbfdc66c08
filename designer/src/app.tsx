/** Which page stands at which address. Pages are loaded when first opened. */
import { lazy, Suspense, useCallback, useMemo } from "react";
import { Redirect, Route, Switch, useLocation, useSearchParams } from "wouter";
import { api } from "./api.ts";
import { ErrorPage } from "./frame/error-page.tsx";
import { Guard } from "./frame/guard.tsx";
import { PageSkeleton } from "./frame/page.tsx";
import { Rail } from "./frame/rail.tsx";
import { SessionProvider } from "./frame/session.ts";
import { SignInPage } from "./frame/sign-in-page.tsx";
import { useAnswer } from "./frame/use-answer.ts";
import { PhoneProvider } from "./phone/phone-provider.tsx";

const FlowListPage = lazy(() =>
  import("./flows/flow-list-page.tsx").then((page) => ({ default: page.FlowListPage })),
);
const FlowPage = lazy(() => import("./editor/flow-page.tsx").then((page) => ({ default: page.FlowPage })));
const VersionPage = lazy(() =>
  import("./versions/version-page.tsx").then((page) => ({ default: page.VersionPage })),
);
const CallListPage = lazy(() =>
  import("./calls/call-list-page.tsx").then((page) => ({ default: page.CallListPage })),
);
const CallPage = lazy(() => import("./calls/call-page.tsx").then((page) => ({ default: page.CallPage })));
const NumbersPage = lazy(() =>
  import("./numbers/numbers-page.tsx").then((page) => ({ default: page.NumbersPage })),
);

export function App() {
  const [location] = useLocation();
  return location === "/sign-in" ? <SignInPage /> : <SignedIn />;
}

function SignedIn() {
  const [location] = useLocation();
  const { load, reload } = useAnswer("session", api.session);
  const again = useCallback(() => void reload(), [reload]);
  const session = useMemo(
    () => (load.is === "ready" ? { ...load.value, reload: again } : null),
    [load, again],
  );
  if (load.is === "failed") {
    return load.fault.status === 401 ? <SignInPage /> : <ErrorPage fault={load.fault} onRetry={again} />;
  }
  if (!session) return <PageSkeleton />;
  return (
    <SessionProvider value={session}>
      <PhoneProvider>
        <div className="frame">
          <Rail />
          <main className="page">
            <Guard key={location} what="This page">
              <Suspense fallback={<PageSkeleton />}>
                <Switch>
                  <Route path="/">
                    <Home />
                  </Route>
                  <Route path="/flows">
                    <FlowListPage />
                  </Route>
                  <Route path="/flows/:id">{({ id }) => <FlowOrVersion id={id} />}</Route>
                  <Route path="/calls">
                    <CallListPage />
                  </Route>
                  <Route path="/calls/:id">{({ id }) => <CallPage key={id} id={id} />}</Route>
                  <Route path="/numbers">
                    <NumbersPage />
                  </Route>
                  <Route>
                    <ErrorPage
                      fault={{
                        status: 404,
                        code: "not-found",
                        sentence: "There is no page at this address.",
                      }}
                    />
                  </Route>
                </Switch>
              </Suspense>
            </Guard>
          </main>
        </div>
      </PhoneProvider>
    </SessionProvider>
  );
}

function FlowOrVersion({ id }: { id: string }) {
  const [search] = useSearchParams();
  const version = Number(search.get("version"));
  return version > 0 ? (
    <VersionPage key={`${id}/${version}`} id={id} version={version} />
  ) : (
    <FlowPage key={id} id={id} />
  );
}

/** With exactly one flow its editor is home; otherwise the list is. */
function Home() {
  const { load } = useAnswer("home", () => api.flows());
  if (load.is === "loading") return <PageSkeleton />;
  const only = load.is === "ready" && load.value.items.length === 1 ? load.value.items[0] : undefined;
  return <Redirect to={only ? `/flows/${only.id}` : "/flows"} replace />;
}
