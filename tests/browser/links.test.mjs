// All pages from disk, without a browser: well-formed, nothing from outside, and every link and fragment leads somewhere.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listed } from './browser.mjs';
import { elementsOf, files, isOutside, pages, read, target } from './site.mjs';

const all = new Set(files());
const documents = new Map(pages().map((path) => [path, elementsOf(path)]));
const ids = new Map([...documents].map(([path, { elements }]) => [path, elements.flatMap(({ attributes }) => attributes.get('id') ?? [])]));

/** What `check` finds in the elements of every page, each fault with its page. */
const faultsOf = (check) => [...documents].flatMap(([path, { elements }]) => [...check(elements, path)].map((fault) => `${path}: ${fault}`));

const none = (faults) => assert.equal(faults.length, 0, listed(faults));

test('there is a site to test', () => {
  assert.ok(all.has('index.html'), 'index.html');
  assert.ok(documents.size > 1, `${documents.size} pages`);
  console.log(`# ${documents.size} pages, ${all.size} files`);
});

test('pages are well-formed HTML', () => none([...documents.values()].flatMap(({ faults }) => faults)));

test('a page has a language, a title, one heading of the first rank and one main part', () => {
  none(faultsOf(function* (elements) {
    const named = (name) => elements.filter((element) => element.name === name);
    if (!named('html')[0]?.attributes.get('lang')) yield 'no language';
    if (!named('title')[0]?.text().trim()) yield 'no title';
    if (named('h1').length !== 1) yield `${named('h1').length} headings of the first rank`;
    if (named('main').length !== 1) yield `${named('main').length} main parts`;
    if (!elements.some(({ name, attributes }) => name === 'meta' && attributes.get('name') === 'viewport')) yield 'no viewport';
  }));
});

test('no id stands twice on a page', () => {
  none([...ids].flatMap(([path, names]) => names.filter((name, i) => names.indexOf(name) !== i).map((name) => `${path}: #${name}`)));
});

test('what a label or a description names is there', () => {
  none(faultsOf(function* (elements, path) {
    for (const { name, attributes } of elements) {
      for (const attribute of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for', 'headers', 'list']) {
        for (const id of attributes.get(attribute)?.split(/\s+/) ?? []) {
          if (!ids.get(path).includes(id)) yield `${name}[${attribute}] names #${id}`;
        }
      }
    }
  }));
});

test('every link inside the site leads to a file and a place in it', () => {
  const known = new Map([...ids].map(([path, names]) => [path, new Set(names)]));
  none(faultsOf(function* (elements, path) {
    for (const href of addresses(elements).filter((href) => !isOutside(href))) {
      if (href.startsWith('/')) {
        yield `${href} does not work from disk`;
        continue;
      }
      const { path: file, fragment } = target(path, href.replace(/\?[^#]*/, ''));
      if (!all.has(file)) yield `${href}: no such file`;
      else if (fragment && known.has(file) && !known.get(file).has(fragment)) yield `${href}: no such place in it`;
    }
  }));
});

test('every page can be reached from the front page', () => {
  const seen = new Set();
  const next = ['index.html'];
  while (next.length > 0) {
    const path = next.pop();
    if (seen.has(path) || !documents.has(path)) continue;
    seen.add(path);
    for (const href of addresses(documents.get(path).elements)) if (!isOutside(href)) next.push(target(path, href).path);
  }
  none([...documents.keys()].filter((path) => !seen.has(path)));
});

test('nothing is loaded from outside', () => {
  none(faultsOf(function* (elements) {
    for (const { name, attributes } of elements) {
      if (name === 'a') continue;
      for (const attribute of ['src', 'href', 'xlink:href', 'srcset', 'action', 'data', 'poster', 'formaction', 'ping']) {
        const value = attributes.get(attribute);
        if (value !== undefined && isOutside(value) && !value.startsWith('data:')) yield `${name}[${attribute}] = ${value}`;
      }
    }
  }));
  const sheets = [...all].filter((path) => path.endsWith('.css'));
  none(sheets.filter((path) => /@import|url\(\s*['"]?(?!data:|#)/.test(read(path))).map((path) => `${path} loads something`));
});

test('links out of the site are to the web and to nothing else', () => {
  none(faultsOf(function* (elements) {
    for (const href of addresses(elements).filter(isOutside)) if (!/^(https?|mailto):/i.test(href)) yield href;
  }));
});

test('a strict content security policy would hold: no script or style inside a page', () => {
  none(faultsOf(function* (elements) {
    for (const { name, attributes } of elements) {
      if (name === 'script' && !attributes.has('src') && !/json/.test(attributes.get('type') ?? '')) yield 'a script inside the page';
      if (name === 'style') yield 'a style sheet inside the page';
      if (['iframe', 'object', 'embed', 'base'].includes(name)) yield `<${name}>`;
      for (const attribute of attributes.keys()) {
        if (attribute === 'style' || attribute.startsWith('on')) yield `${name}[${attribute}]`;
      }
    }
  }));
});

/** The addresses of the links among the elements. */
function addresses(elements) {
  return elements.flatMap(({ name, attributes }) => {
    const href = attributes.get('href') ?? attributes.get('xlink:href') ?? attributes.get('src');
    return href === undefined || (name === 'use' && href.startsWith('#')) ? [] : [href];
  });
}
