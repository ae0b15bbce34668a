import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from '@jest/globals';
import { PAGES, proseOf, ROOT } from './pages.ts';

/** The anchors that a forge makes of a page's headings. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** What is wrong with a relative link of a page; undefined when it leads somewhere. */
function complaint(page: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), decodeURIComponent(path)));
  if (!existsSync(join(ROOT, target))) return `${page} links to ${link}, but there is no ${target}`;
  if (anchor === undefined || anchorsOf(PAGES.get(target) ?? '').includes(anchor)) return undefined;
  return `${page} links to ${link}, but ${target} has no such heading`;
}

test('every relative link leads to a file, and to a heading in it', () => {
  const links = [...PAGES].flatMap(([page, text]) =>
    [...proseOf(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => ({ page, link })),
  );
  const relative = links.filter(({ link }) => !/^[a-z]+:/.test(link));
  expect(relative.length).toBeGreaterThan(20);
  expect(relative.flatMap(({ page, link }) => complaint(page, link) ?? [])).toEqual([]);
});

test('a link that leads nowhere is found', () => {
  expect(complaint('docs/formats.md', 'nowhere.md')).toContain('there is no docs/nowhere.md');
  expect(complaint('README.md', 'docs/formats.md#nothing')).toContain('has no such heading');
  expect(complaint('README.md', 'docs/formats.md#a-line-of-each')).toBeUndefined();
});
