/** The real engine under a name of its own; see vite.config.ts. */
declare module "virtual:re2js" {
  export const RE2JS: {
    compile(source: string, flags: number): unknown;
    readonly CASE_INSENSITIVE: number;
  };
}
