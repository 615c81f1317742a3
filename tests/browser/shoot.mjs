// Takes a picture of a page, to be looked at:
//   node tests/browser/shoot.mjs PAGE OUT.png [--width 1280] [--height 900] [--dark] [--full] [--scripts] [--print] [--scale 1]
// PAGE is a file or an address; `#fragment` after it scrolls there. Scripts are off unless asked for, as a cautious
// reader has them.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { launch } from './browser.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: 'string', default: '1280' },
    height: { type: 'string', default: '900' },
    scale: { type: 'string', default: '1' },
    dark: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    scripts: { type: 'boolean', default: false },
    print: { type: 'boolean', default: false },
  },
});

const [page, out] = positionals;
if (!page || !out) {
  console.error('usage: node tests/browser/shoot.mjs PAGE OUT.png [--width 1280] [--height 900] [--dark] [--full] [--scripts] [--print] [--scale 1]');
  process.exit(2);
}

/** The address of what the caller named: addresses stay, files become `file:` addresses with their fragment kept. */
function address(named) {
  if (/^https?:/.test(named)) return named;
  const [file, fragment] = named.split('#', 2);
  if (!existsSync(file)) {
    console.error(`shoot: no file ${file}`);
    process.exit(2);
  }
  const url = pathToFileURL(resolve(file));
  if (fragment !== undefined) url.hash = fragment;
  return url.href;
}

const browser = await launch();
try {
  const context = await browser.newContext({
    viewport: { width: Number(values.width), height: Number(values.height) },
    deviceScaleFactor: Number(values.scale),
    colorScheme: values.dark ? 'dark' : 'light',
    javaScriptEnabled: values.scripts,
  });
  const tab = await context.newPage();
  if (values.print) await tab.emulateMedia({ media: 'print' });
  await tab.goto(address(page));
  await tab.screenshot({ path: out, fullPage: values.full });
} finally {
  await browser.close();
}
