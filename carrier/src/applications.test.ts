/**
 * Applications as strangers write them run on the carrier unchanged: each story is who calls, who answers and what they do; its chronicle
 * (`testdata/stories/*.txt`) is what everybody noticed. A chronicle is rewritten by `vitest -u` and read as a diff.
 */
import { expect, test } from "vitest";
import { playStory } from "./testdata/play-story.ts";
import { stories } from "./testdata/stories.ts";

test.each(Object.entries(stories))("%s", async (name, { application, told }) => {
  const chronicles: string[] = [];
  for (const story of told) chronicles.push(await playStory(application, story));
  const whole = chronicles.join("\n");
  expect(whole).not.toMatch(/NOT SIGNED|problem:|still live|carrier bug/);
  await expect(whole).toMatchFileSnapshot(`testdata/stories/${name}.txt`);
});
