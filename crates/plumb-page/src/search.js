// The field above the index of names: filters the records of search-data.js as one types.
// Comfort only: without scripts the field stays hidden and the index does the work. Text is put in as text, never as markup.
'use strict';

(() => {
  const SHOWN = 50;
  const form = document.getElementById('search');
  const field = document.getElementById('query');
  const found = document.getElementById('found');
  const results = document.getElementById('results');
  const index = document.getElementById('index');
  if (typeof plumbSearch === 'undefined' || !form || !field || !found || !results || !index) return;
  // the workbench shows the field and searches itself
  if (!form.hidden) return;
  const { kinds, rows } = plumbSearch;

  /** Small letters without marks and apostrophes, so that "Chol Hyon" finds "Ch'ŏl Hyŏn". Full-width forms become plain. */
  const fold = (text) => text.normalize('NFKD').replace(/[\p{M}'’‘ʼ`]+/gu, '').toLowerCase();

  /** What is searched, made at the first letter typed. */
  let folded = null;
  const haystacks = () => {
    folded ??= rows.map(([, id, title, context, words]) => {
      const name = fold(title);
      return { name, all: `${name}\n${fold(`${context}\n${words}\n${id}`)}` };
    });
    return folded;
  };

  /** How well a record fits: a title that begins with the words, has them all at the beginning of a word, has them all, or not. */
  const rank = ({ name }, words) => {
    if (name.startsWith(words.join(' '))) return 0;
    if (words.every((word) => ` ${name}`.includes(` ${word}`))) return 1;
    return words.every((word) => name.includes(word)) ? 2 : 3;
  };

  /** Positions of the records that have all words, the best first. */
  const search = (query) => {
    const words = fold(query).split(/\s+/).filter(Boolean);
    if (words.length === 0) return null;
    const hits = [];
    haystacks().forEach((record, at) => {
      if (words.every((word) => record.all.includes(word))) hits.push([rank(record, words), at]);
    });
    hits.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    return hits.map(([, at]) => at);
  };

  const SCRIPTS = [[/\p{Script=Hangul}/u, 'ko'], [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'], [/\p{Script=Han}/u, 'zh'], [/\p{Script=Cyrillic}/u, 'ru'], [/\p{Script=Arabic}/u, 'ar']];
  /** Isolated text, with its language where the script of its first letter tells it. */
  const isolated = (text) => {
    const element = document.createElement('bdi');
    element.textContent = text;
    const first = text.match(/\p{L}/u)?.[0] ?? '';
    const language = SCRIPTS.find(([script]) => script.test(first))?.[1];
    if (language) element.lang = language;
    return element;
  };

  const item = ([kind, id, title, context]) => {
    const [, before, after] = kinds[kind];
    const link = document.createElement('a');
    link.href = before + encodeURIComponent(id) + after;
    link.append(isolated(title));
    const line = document.createElement('li');
    line.append(link);
    if (context) {
      const beside = document.createElement('span');
      beside.className = 'meta';
      beside.append(isolated(context));
      line.append(' ', beside);
    }
    return line;
  };

  /** The records in groups by kind, in the order of the kinds. */
  const groups = (positions) => {
    const byKind = new Map();
    for (const at of positions) {
      const kind = rows[at][0];
      byKind.set(kind, [...(byKind.get(kind) ?? []), rows[at]]);
    }
    return [...byKind].sort(([one], [other]) => one - other).flatMap(([kind, records]) => {
      const heading = document.createElement('h2');
      heading.textContent = kinds[kind][0];
      const list = document.createElement('ul');
      list.append(...records.map(item));
      return [heading, list];
    });
  };

  const countWords = (count) => {
    if (count === 0) return 'Nothing found. Try fewer or shorter words.';
    const records = count === 1 ? '1 record found' : `${count.toLocaleString('en')} records found`;
    return count > SHOWN ? `${records}; the ${SHOWN} that fit best are shown.` : `${records}.`;
  };

  const show = (query) => {
    const hits = search(query);
    index.hidden = hits !== null;
    found.textContent = hits === null ? '' : countWords(hits.length);
    results.replaceChildren(...groups((hits ?? []).slice(0, SHOWN)));
  };

  /** The query in the address, so that a search can be kept and sent. */
  const fromAddress = () => {
    const written = location.hash.match(/^#q=(.*)$/)?.[1];
    if (written === undefined) return null;
    try {
      return decodeURIComponent(written.replace(/\+/g, ' '));
    } catch {
      return '';
    }
  };
  const toAddress = (query) => {
    history.replaceState(null, '', query ? `#q=${encodeURIComponent(query)}` : '#');
  };
  const takeUp = () => {
    const query = fromAddress();
    if (query === null || query === field.value) return;
    field.value = query;
    show(query);
  };

  let waiting = 0;
  field.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      show(field.value);
      toAddress(field.value.trim());
    }, 60);
  });

  const links = () => [...results.querySelectorAll('a')];
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    show(field.value);
    toAddress(field.value.trim());
    links()[0]?.click();
  });

  /** Down and up go from the field through the results and back; Escape returns to the field. */
  const move = (event) => {
    const stops = [field, ...links()];
    const at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const to = event.key === 'Escape' && at > 0 ? field : stops[at + step];
    if (at < 0 || !to) return;
    event.preventDefault();
    to.focus();
  };
  field.addEventListener('keydown', move);
  results.addEventListener('keydown', move);

  form.hidden = false;
  window.addEventListener('hashchange', takeUp);
  takeUp();
})();
