// The site under test, read from disk: its files, its pages as trees, and a sample with every kind of page.

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse } from 'parse5';

const here = dirname(fileURLToPath(import.meta.url));

/** Folder of the site; `./test` says where it built it. */
export const root = resolve(process.env.PLUMB_SITE ?? join(here, '../../target/account'));

/** Paths of all files from the root of the site, with `/`, sorted. */
export function files() {
  const all = readdirSync(root, { recursive: true }).map((path) => path.split(sep).join('/'));
  return all.filter((path) => statSync(join(root, path)).isFile()).sort();
}

/** Paths of all pages. */
export const pages = () => files().filter((path) => path.endsWith('.html'));

/** The address of a path of the site on disk. */
export const address = (path) => {
  const [file, fragment] = path.split('#', 2);
  return pathToFileURL(join(root, file)).href + (fragment === undefined ? '' : `#${fragment}`);
};

/** The text of a file of the site. */
export const read = (path) => readFileSync(join(root, path), 'utf8');

/** The size of a file of the site in bytes. */
const size = (path) => statSync(join(root, path)).size;

/**
 * A page as a list of elements, `{ name, attributes, text }` in the order of the document, and the faults of its
 * HTML that the parser of a browser would silently mend.
 */
export function elementsOf(path) {
  const faults = [];
  const document = parse(read(path), {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startLine, startCol }) => faults.push(`${path}:${startLine}:${startCol}: ${code}`),
  });
  const elements = [];
  const walk = (node) => {
    if (node.tagName) {
      const attributes = new Map(node.attrs.map(({ prefix, name, value }) => [prefix ? `${prefix}:${name}` : name, value]));
      elements.push({ name: node.tagName, attributes, text: () => textOf(node) });
    }
    for (const child of node.childNodes ?? []) walk(child);
  };
  walk(document);
  return { elements, faults };
}

const textOf = (node) => (node.nodeName === '#text' ? node.value : (node.childNodes ?? []).map(textOf).join(''));

/** The path, and the fragment if any, that an address on the page `from` leads to within the site. */
export function target(from, href) {
  const [file, fragment] = href.split('#', 2);
  const path = file === '' ? from : posix.normalize(posix.join(posix.dirname(from), decodeURI(file)));
  return { path, fragment: fragment === undefined ? undefined : decodeURIComponent(fragment) };
}

/** Whether an address leads out of the site. */
export const isOutside = (href) => /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(href);

/**
 * A sample of the pages that has every kind: all that lie at the root, and of each folder the smallest, the largest
 * and the one in the middle.
 */
export function sample() {
  const folders = new Map();
  for (const path of pages()) {
    const folder = posix.dirname(path);
    folders.set(folder, [...(folders.get(folder) ?? []), path]);
  }
  return [...folders].flatMap(([folder, paths]) => {
    if (folder === '.') return paths;
    const bySize = paths.sort((a, b) => size(a) - size(b) || (a < b ? -1 : 1));
    return [...new Set([bySize[0], bySize[Math.floor(bySize.length / 2)], bySize.at(-1)])];
  });
}

/** A path from the folder of the project, for messages. */
export const shown = (path) => relative(join(here, '../..'), join(root, path));
