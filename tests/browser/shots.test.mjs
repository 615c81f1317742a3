// Pictures of the main pages in all looks, to be looked at: target/shots.

import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { inTwoTabs, launch, widths } from './browser.mjs';
import { address, root } from './site.mjs';

/** Taller pages are cut: past this a picture is no longer looked at. */
const tallest = 5000;
const folder = process.env.PLUMB_SHOTS ?? join(dirname(root), 'shots');
let browser;

before(async () => {
  mkdirSync(folder, { recursive: true });
  browser = await launch();
});
after(() => browser?.close());

/** The pages that the navigation leads to. */
async function mainPages() {
  const page = await browser.newPage();
  await page.goto(address('index.html'));
  const links = await page.locator('header nav a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  await page.close();
  return [...new Set(['index.html', ...links])];
}

test('pictures of the main pages', async () => {
  const paths = await mainPages();
  const looks = ['light', 'dark'].flatMap((scheme) => Object.entries(widths).map(([device, width]) => ({ scheme, device, width })));
  for (const { scheme, device, width } of looks) {
    await inTwoTabs(browser, { width, scheme, scripts: false }, paths, async (path, page) => {
      await page.goto(address(path));
      const height = Math.min(tallest, await page.evaluate(() => document.documentElement.scrollHeight));
      const file = join(folder, `${path.replace(/\.html$/, '')}-${device}-${scheme}.png`);
      await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: 0, width, height } });
      assert.ok(statSync(file).size > 2000, `${file} is empty`);
    });
  }
});
