// A sample with every kind of page, in the browser, from disk: on a phone and on a desktop, light and dark, with scripts
// and without.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import axe from 'axe-core';
import { inTwoTabs, launch, listed, widths } from './browser.mjs';
import { address, elementsOf, sample } from './site.mjs';

/** What was found, by the check that found it. */
const found = new Map();
const none = (check) => assert.equal(found.get(check)?.length ?? 0, 0, listed((found.get(check) ?? []).sort()));

/** What pages say with scripts on, by path. */
const said = new Map();

before(async () => {
  const paths = sample();
  console.log(`# a sample of ${paths.length} pages`);
  const browser = await launch();
  const { phone, desktop } = widths;
  await visit(browser, { width: desktop, scheme: 'light' }, paths, { accessible });
  await visit(browser, { width: phone, scheme: 'dark' }, paths, { accessible, fits, saysWithScripts });
  await visit(browser, { width: phone, scheme: 'light', scripts: false }, paths, { fits, saysTheSame, skips, prints });
  await visit(browser, { width: desktop, scheme: 'dark' }, ['index.html'], { accessible });
  await visit(browser, { width: phone, scheme: 'light' }, ['index.html'], { accessible });
  await browser.close();
}, { timeout: 600_000 });

/** Opens each page in a look and writes down what the checks and the watch find. */
async function visit(browser, look, paths, checks) {
  const named = `${look.width} pixels, ${look.scheme}${look.scripts === false ? ', scripts off' : ''}`;
  const note = (check, path, faults) => {
    const where = faults.map((fault) => `${path} (${named}): ${fault}`);
    found.set(check, [...(found.get(check) ?? []), ...where]);
  };
  await inTwoTabs(browser, look, paths, async (path, page, watched) => {
    await page.emulateMedia({ media: 'screen' });
    await page.goto(address(path));
    for (const [name, check] of Object.entries(checks)) note(name, path, (await check(page, path)) ?? []);
    note('quiet', path, watched.splice(0));
  });
}

describe('every kind of page', () => {
  test('makes no error and asks for nothing from outside', () => none('quiet'));
  test('has no serious fault of accessibility', () => none('accessible'));
  test('does not scroll sideways on a phone', () => none('fits'));
  test('says the same with scripts off', () => none('saysTheSame'));
  test('has a link to its content that the first press of Tab reaches', () => none('skips'));
  test('prints without navigation', () => none('prints'));
});

/** Serious and critical faults that axe-core finds. */
async function accessible(page) {
  await page.evaluate(axe.source);
  // Without preloading: it would ask for the style sheets again, which pages on disk may not.
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'], preload: false }));
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return grave.map(({ id, nodes: [{ html, failureSummary }, ...more] }) => {
    const why = failureSummary.split('\n').slice(1, 3).join(' ').trim();
    return `axe ${id} (${more.length + 1}×): ${html.slice(0, 160)} ${why}`;
  });
}

/** Elements that reach over the right edge of the window, when the page can be scrolled sideways. */
const fits = (page) => page.evaluate(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  // What lies in a box that scrolls by itself does not widen the page.
  const scrolls = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
      if (getComputedStyle(box).overflowX !== 'visible') return true;
    }
    return false;
  };
  const wide = [...document.body.querySelectorAll('*')]
    .filter((element) => element.getBoundingClientRect().right > clientWidth + 1 && !scrolls(element))
    .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`);
  return [`${scrollWidth} pixels wide in a window of ${clientWidth}: ${[...new Set(wide)].slice(0, 4).join(', ')}`];
});

/** The lines of the main part, as a reader sees them. */
const lines = async (page) => {
  const text = await page.locator('main').innerText();
  return text.split('\n').map((line) => line.trim()).filter(Boolean);
};

const hasScript = (path) => elementsOf(path).elements.some(({ name }) => name === 'script');

/** Remembers what a page says with scripts on; it is compared in `saysTheSame`. */
async function saysWithScripts(page, path) {
  if (hasScript(path)) said.set(path, await lines(page));
}

/** Scripts may add comfort (the field of the search page), never content. */
async function saysTheSame(page, path) {
  if (path === 'search.html' || !said.has(path)) return [];
  const without = new Set(await lines(page));
  const missing = said.get(path).filter((line) => !without.has(line));
  return missing.length === 0 ? [] : [`only with scripts: ${missing.slice(0, 3).join(' | ')}`];
}

/** The first press of Tab shows a link to the main part; after it, Tab goes on there. */
async function skips(page) {
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => {
    const { left, top } = document.activeElement.getBoundingClientRect();
    return { href: document.activeElement.getAttribute('href'), visible: left >= 0 && top >= 0 };
  });
  if (!first.href?.startsWith('#')) return [`the first stop of Tab is ${first.href}`];
  if (!first.visible) return ['the link to the content is not seen when it has the focus'];
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const inside = await page.evaluate(() => {
    const main = document.querySelector('main');
    return main.contains(document.activeElement) || main.querySelector('a[href], button, input, summary, [tabindex="0"]') === null;
  });
  return inside ? [] : ['Tab does not go on in the main part after the link to it'];
}

/** Paper has no use for navigation. */
async function prints(page) {
  await page.emulateMedia({ media: 'print' });
  const faults = [];
  if (await page.locator('nav:visible').count() > 0) faults.push('navigation is printed');
  if (!(await page.locator('main').isVisible())) faults.push('the main part is not printed');
  return faults;
}
