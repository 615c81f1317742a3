// The account over HTTP: `plumb serve` on loopback.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { context, inTwoTabs, launch, listed, watch } from './browser.mjs';
import { pages } from './site.mjs';

const program = process.env.PLUMB ?? '../../target/debug/plumb';
const folder = process.env.PLUMB_CASE ?? '../../cases/dprk-labour';
const skip = spawnSync(program, ['serve', '--help']).status === 0 ? false : 'the program has no `serve` yet';

describe('plumb serve', { skip }, () => {
  let browser;
  let server;
  let origin;

  before(async () => {
    server = spawn(program, ['serve', folder, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
    origin = await announced(server);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    server?.kill();
  });

  const inside = (url) => url.startsWith(`${origin}/`) || /^(data|blob|about):/.test(url);

  /** Opens a path, gives the page to `use`, and sees that it stayed quiet. */
  async function open(path, options, use) {
    const own = await context(browser, options);
    const faults = await watch(own, inside);
    const page = await own.newPage();
    const answer = await page.goto(`${origin}/${path}`);
    await use(page, answer);
    await own.close();
    assert.equal(faults.length, 0, listed(faults));
  }

  test('answers on loopback alone and with a strict policy', async () => {
    assert.match(origin, /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost):\d+$/);
    await open('', {}, async (page, answer) => {
      assert.equal(answer.status(), 200);
      const policy = answer.headers()['content-security-policy'] ?? '';
      assert.match(policy, /default-src 'none'|default-src 'self'/);
      assert.doesNotMatch(policy, /unsafe/);
      assert.match(answer.headers()['content-type'], /^text\/html/);
      assert.equal(await page.locator('h1').count(), 1);
    });
  });

  test('shows the same pages as on disk', async () => {
    const some = pages().filter((_, i, all) => i % Math.ceil(all.length / 12) === 0);
    const wrong = [];
    await inTwoTabs(browser, { scripts: false }, some, async (path, page, faults) => {
      const answer = await page.goto(`${origin}/${path}`);
      if (answer.status() !== 200) wrong.push(`${path}: ${answer.status()}`);
      if ((await page.locator('main').count()) !== 1) wrong.push(`${path}: no main part`);
      wrong.push(...faults.splice(0).map((fault) => `${path}: ${fault}`));
    }, inside);
    assert.equal(wrong.length, 0, listed(wrong));
  });

  test('a word is searched for with scripts off', async () => {
    await open('search.html', { scripts: false }, async (page) => {
      const field = page.locator('input[type=search]');
      assert.equal(await field.count(), 1, 'one field');
      await field.fill('Vladivostok');
      await field.press('Enter');
      await page.waitForLoadState();
      const found = page.locator('main a[href]', { hasText: 'Vladivostok' });
      assert.ok((await found.count()) > 0, 'no result has the word');
    });
  });

  test('an address that is not there is a page that says so', async () => {
    const answer = await fetch(`${origin}/no/such/page.html`);
    assert.equal(answer.status, 404);
    const odd = await fetch(`${origin}/..%2f..%2fetc%2fpasswd`);
    assert.ok([400, 404].includes(odd.status), `${odd.status}`);
  });
});

/** The address that the server announces, on either stream. */
function announced(server) {
  return new Promise((found, failed) => {
    let said = '';
    const listen = (chunk) => {
      said += chunk;
      const address = said.match(/http:\/\/[^\s/]+:\d+/);
      if (address) found(address[0]);
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    server.on('exit', (code) => failed(new Error(`the server stopped with ${code}: ${said}`)));
    setTimeout(() => failed(new Error(`no address after 30 s: ${said}`)), 30_000).unref();
  });
}
