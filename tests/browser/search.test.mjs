// The search page, from disk: an index for readers without scripts, a search field for the others.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { context, launch, listed, onDisk, watch } from './browser.mjs';
import { address, pages } from './site.mjs';

const skip = pages().includes('search.html') ? false : 'the site has no search.html';
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Opens the search page, gives it to `use`, and sees that it stayed quiet. */
async function onSearch(options, use) {
  const own = await context(browser, options);
  const faults = await watch(own, onDisk);
  const page = await own.newPage();
  await page.goto(address('search.html'));
  await use(page);
  await own.close();
  assert.equal(faults.length, 0, listed(faults));
}

/** The links of the main part that a reader sees. */
const links = async (page) => (await page.locator('main a[href]:visible').allInnerTexts()).filter((text) => text.trim());

test('without scripts, the page is an index of the account', { skip }, async () => {
  await onSearch({ scripts: false }, async (page) => {
    const found = await links(page);
    assert.ok(found.length >= 20, `${found.length} links`);
    assert.equal(await page.locator('input:visible').count(), 0, 'a field that does nothing is shown');
  });
});

test('with scripts, a word narrows what is shown to what has it', { skip }, async () => {
  let word;
  await onSearch({ scripts: false }, async (page) => {
    word = (await links(page)).flatMap((text) => text.match(/\p{L}{6,}/gu) ?? []).at(0);
  });
  await onSearch({}, async (page) => {
    const field = page.locator('input[type=search]');
    const before = (await links(page)).length;
    await field.fill(word);
    await page.waitForTimeout(300);
    const found = await links(page);
    assert.ok(found.length > 0, `nothing found for ${word}`);
    assert.ok(found.some((text) => text.toLowerCase().includes(word.toLowerCase())), `no result has ${word}`);
    await field.fill('zzzzqqqq');
    await page.waitForTimeout(300);
    assert.ok((await links(page)).length < Math.max(before, found.length), 'a word that is nowhere still finds something');
  });
});

test('the search field can be used from the keyboard alone', { skip }, async () => {
  await onSearch({}, async (page) => {
    for (let i = 0; i < 40; i += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.matches('input[type=search]'))) return;
    }
    assert.fail('forty presses of Tab do not reach the field');
  });
});
