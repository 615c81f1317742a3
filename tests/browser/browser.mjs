// Starts Debian's Chromium in the one way that every browser test and the screenshot helper share, and watches what
// pages do.

import { chromium } from 'playwright-core';

/** Where the browser is; Debian's package puts it here. */
export const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

// Without the last five, Chromium talks to its maker at every start, and a test that forbids every request could not
// tell the page's requests from the browser's own.
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A fresh browser with an empty profile of its own. */
export const launch = () => chromium.launch({ executablePath, args, headless: true });

/** Widths of a phone and of a desktop screen. */
export const widths = { phone: 390, desktop: 1280 };

/** A context of a browser: `width` in pixels, `scheme` light or dark, `scripts` on or off. */
export const context = (browser, { width = widths.desktop, scheme = 'light', scripts = true } = {}) =>
  browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    javaScriptEnabled: scripts,
    reducedMotion: 'reduce',
  });

/**
 * Writes down all that a page must not do: errors on the console, exceptions, failed requests, and requests to
 * anywhere but where `allowed` says. A request that is not allowed is also stopped.
 */
export async function watch(context, allowed) {
  const faults = [];
  await context.route('**/*', (route) => (allowed(route.request().url()) ? route.continue() : route.abort()));
  context.on('request', (request) => {
    if (!allowed(request.url())) faults.push(`asks for ${request.url()} (${from(request)})`);
  });
  context.on('requestfailed', (request) => faults.push(`cannot get ${request.url()} (${from(request)})`));
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => faults.push(`exception: ${error.error().message} (${error.page()?.url()})`));
  return faults;
}

const from = (request) => {
  try {
    return `from ${request.frame().url()}`;
  } catch {
    return 'from no page';
  }
};

/** Pages on disk ask for files on disk, and for nothing else. */
export const onDisk = (url) => /^(file|data|blob|about):/.test(url);

/**
 * Does `work(item, page, faults)` for all items in two tabs at a time, each in a context of its own: this machine and
 * most others have two cores or more. `faults` is what the tab has been seen to do wrong, to be emptied by `work`.
 */
export async function inTwoTabs(browser, options, items, work, allowed = onDisk) {
  const left = [...items];
  const tab = async () => {
    const own = await context(browser, options);
    const faults = await watch(own, allowed);
    const page = await own.newPage();
    while (left.length > 0) await work(left.shift(), page, faults);
    await own.close();
  };
  await Promise.all([tab(), tab()]);
}

/** The first twenty of a list of faults as text, for a message. */
export const listed = (faults) => {
  const more = faults.length > 20 ? `\n  … and ${faults.length - 20} more` : '';
  return faults.slice(0, 20).map((fault) => `\n  ${fault}`).join('') + more;
};
