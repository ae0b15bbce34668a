import type { Value } from '../../../model/value.ts';
import { csvCell } from '../../../tables/csv-cell.ts';
import { isFigure } from '../../../text/format-value.ts';
import { cellOf } from '../cell.ts';
import type { TableData } from '../data.ts';
import { element } from './element.ts';

type Row = TableData['rows'][number];

const ROWS_PER_PAGE = 10;
const COLLATOR = new Intl.Collator('en', { numeric: true });

/** Makes a table of the page sortable and searchable, shows it page by page, and lets its rows be copied. */
export function liveTable(container: HTMLElement, table: TableData): void {
  const body = container.querySelector('tbody');
  const headings = [...container.querySelectorAll<HTMLElement>('thead th')];
  if (!body) return;
  const ranking = headings.findIndex((heading) => heading.hasAttribute('data-ranking'));
  const largest = Math.max(0, ...table.rows.map((row) => Number(row[ranking] ?? 0)));
  let sorted: { column: number; descending: boolean } | undefined;
  let from = 0;

  const search = element('input', { type: 'search', placeholder: 'Search', 'aria-label': `Search in ${table.title}` });
  const status = element('span', { role: 'status' });
  const previous = element('button', { type: 'button', 'aria-label': `Previous rows of ${table.title}` }, '‹');
  const next = element('button', { type: 'button', 'aria-label': `Next rows of ${table.title}` }, '›');
  const copy = element('button', { type: 'button', 'aria-label': `Copy the rows of ${table.title}` }, 'Copy');

  const matches = (): Row[] => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = table.rows.filter((row) => {
      const text = searchText(row);
      return words.every((word) => text.includes(word));
    });
    if (!sorted) return rows;
    const { column, descending } = sorted;
    return rows.toSorted((a, b) => compare(a[column] ?? null, b[column] ?? null, descending));
  };

  const searchText = (row: Row) =>
    row
      .flatMap((value, at) => [value, ownerAt(value, at), cell(row, at).text])
      .join(' ')
      .toLowerCase();
  const ownerAt = (value: Value, at: number) => table.owners?.[table.columns[at]?.name ?? '']?.[String(value)];
  const cell = (row: Row, at: number) => {
    const column = table.columns[at];
    if (!column) throw new Error(`table ${table.id} has no column ${at}`);
    return cellOf(row[at] ?? null, column, ownerAt(row[at] ?? null, at));
  };

  const show = (count = ROWS_PER_PAGE) => {
    const rows = matches();
    from = Math.min(from, Math.max(0, Math.ceil(rows.length / ROWS_PER_PAGE) - 1) * ROWS_PER_PAGE);
    const shown = rows.slice(from, from + count);
    body.replaceChildren(...shown.map(line));
    const ends = `${(from + 1).toLocaleString('en')}–${(from + shown.length).toLocaleString('en')}`;
    const isPart = rows.length < table.rows.length;
    status.textContent =
      rows.length === 0
        ? 'No row holds this.'
        : `${ends} of ${rows.length.toLocaleString('en')}${isPart ? ' found' : ''}`;
    previous.disabled = from === 0;
    next.disabled = from + ROWS_PER_PAGE >= rows.length;
  };

  const line = (row: Row) => element('tr', {}, ...table.columns.map((_, at) => tableCell(row, at)));

  const tableCell = (row: Row, at: number): HTMLElement => {
    const { text, title, kind } = cell(row, at);
    if (kind !== 'figure') {
      const content = element('bdi', { title }, text);
      return at === 0 ? element('th', { scope: 'row', class: kind }, content) : element('td', { class: kind }, content);
    }
    const figure = element('td', { class: at === ranking ? 'figure bar' : 'figure', title }, text);
    if (at === ranking) {
      figure.style.setProperty('--share', String(largest > 0 ? Math.max(0, Number(row[at]) / largest) : 0));
    }
    return figure;
  };

  for (const [column, heading] of headings.entries()) {
    const button = element('button', { type: 'button' }, ...heading.childNodes);
    button.addEventListener('click', () => {
      const kind = table.columns[column];
      const firstDescending = kind !== undefined && (isFigure(kind) || kind.type === 'timestamp');
      sorted = { column, descending: sorted?.column === column ? !sorted.descending : firstDescending };
      for (const other of headings) other.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', sorted.descending ? 'descending' : 'ascending');
      from = 0;
      show();
    });
    heading.replaceChildren(button);
  }
  search.addEventListener('input', () => {
    from = 0;
    show();
  });
  previous.addEventListener('click', () => {
    from = Math.max(0, from - ROWS_PER_PAGE);
    show();
  });
  next.addEventListener('click', () => {
    from += ROWS_PER_PAGE;
    show();
  });
  copy.addEventListener('click', async () => {
    await copyText(asText(table, matches()));
    copy.textContent = 'Copied';
    setTimeout(() => {
      copy.textContent = 'Copy';
    }, 1500);
  });
  // Print what the page holds without scripts.
  addEventListener('beforeprint', () => show(table.printed));
  addEventListener('afterprint', () => show());

  const isLong = table.rows.length > ROWS_PER_PAGE;
  const pages = isLong ? [status, previous, next] : [];
  container.prepend(element('div', { class: 'tools' }, ...(isLong ? [search] : []), ...pages, copy));
  show();
}

/** Numbers by size, text in alphabetical order, NULL always last. */
function compare(a: Value, b: Value, descending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order =
    typeof a === 'string' && typeof b === 'string' && !(isDigits(a) && isDigits(b))
      ? COLLATOR.compare(a, b)
      : Number(a) - Number(b);
  return descending ? -order : order;
}

function isDigits(text: string): boolean {
  return /^-?\d+$/.test(text);
}

/** Rows for a spreadsheet: exact values separated by tabs, with formulas disarmed as in the CSV files. */
function asText({ columns }: TableData, rows: readonly Row[]): string {
  const lines = rows.map((row) =>
    row.map((value, at) => {
      const type = columns[at]?.type;
      if (value === null || (type !== 'timestamp' && type !== 'date')) return csvCell(value);
      const time = new Date(Number(value)).toISOString();
      return type === 'date' ? time.slice(0, 10) : time;
    }),
  );
  return [columns.map(({ name }) => name), ...lines].map((cells) => cells.join('\t')).join('\n');
}

/** The clipboard API may be missing on pages opened from a disk or over plain HTTP; a selection can still be copied. */
async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = element('textarea', { readonly: true, class: 'clipboard' }, text);
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}
