/** The world refused an effect, and trying again is of no use: the visit is told at once, in this sentence. */
export class EffectError extends Error {
  override name = "EffectError";
}
