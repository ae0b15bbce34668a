/** Keys with a new name, by the path of the old one; `*` matches any name. The old one works for one minor version. */
const RENAMED_KEYS: readonly { path: string; to: string; since: string }[] = [
  { path: 'names', to: 'owners', since: '0.2.0' },
  { path: 'formats.*.rest', to: 'trailing_fields', since: '0.2.0' },
];

/** Values with a new name, such as the ids of sections. */
const RENAMED_VALUES: readonly { path: string; from: string; to: string; since: string }[] = [
  { path: 'reports.*.sections.*', from: 'teams', to: 'owners', since: '0.2.0' },
];

/** An old name in a config. */
export interface OldName {
  /** Where it is in the file. */
  path: readonly PropertyKey[];
  part: 'key' | 'value';
  /** What it is called now. */
  to: string;
  /** What to do. */
  message: string;
}

/** A config under today's names. */
export interface Renamed {
  value: unknown;
  replaced: OldName[];
  /** Old keys whose new key is there too, so that it is not clear which one counts. */
  conflicts: OldName[];
}

/** Replaces the old names in a config that has not been checked yet. */
export function withNewNames(config: unknown): Renamed {
  const replaced: OldName[] = [];
  const conflicts: OldName[] = [];
  return { value: renamed(config, []), replaced, conflicts };

  function renamed(node: unknown, path: readonly PropertyKey[]): unknown {
    if (Array.isArray(node)) return node.map((item, index) => renamed(item, [...path, index]));
    if (typeof node === 'object' && node !== null) return renamedMapping(node, path);
    const found = RENAMED_VALUES.find((one) => one.from === node && matches(one.path, path));
    if (!found) return node;
    replaced.push({ path, part: 'value', to: found.to, message: `${found.from} is ${hint(found)}` });
    return found.to;
  }

  function renamedMapping(mapping: object, parent: readonly PropertyKey[]): object {
    const entries = Object.entries(mapping).map(([key, child]) => {
      const path = [...parent, key];
      const found = RENAMED_KEYS.find((one) => matches(one.path, path));
      if (!found) return [key, renamed(child, path)];
      const { to } = found;
      const isConflict = Object.hasOwn(mapping, to);
      const message = isConflict
        ? `is the old name of ${to}, which is given too; keep ${to} alone`
        : `is ${hint(found)}`;
      (isConflict ? conflicts : replaced).push({ path, part: 'key', to, message });
      return [isConflict ? key : to, renamed(child, path)];
    });
    return Object.fromEntries(entries);
  }
}

/** Where a path of the config under today's names is in the file. */
export function pathInFile(path: readonly PropertyKey[], replaced: readonly OldName[]): PropertyKey[] {
  const found = replaced.find(
    (old) => old.part === 'key' && [...old.path.slice(0, -1), old.to].every((step, index) => step === path[index]),
  );
  return found ? [...found.path, ...path.slice(found.path.length)] : [...path];
}

function hint({ to, since }: { to: string; since: string }): string {
  return `now called ${to} (since ${since}); rename it before the old name stops working`;
}

function matches(pattern: string, path: readonly PropertyKey[]): boolean {
  const steps = pattern.split('.');
  return steps.length === path.length && steps.every((step, index) => step === '*' || step === path[index]);
}
