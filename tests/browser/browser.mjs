// Starts Debian's Chromium in the one way that every browser test and the screenshot helper share.

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
