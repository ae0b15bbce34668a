const FIRST = 1024;

/** Pairs of ids, each with an id of its own, from 1. */
export class Pairs {
  #firsts = new Int32Array(FIRST);
  #seconds = new Int32Array(FIRST);
  #slots = new Int32Array(FIRST * 2);
  #count = 0;

  get size(): number {
    return this.#count;
  }

  idOf(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = slotOf(first, second) & mask; ; slot = (slot + 1) & mask) {
      const id = this.#slots[slot] as number;
      if (id === 0) {
        this.#slots[slot] = this.#count + 1;
        return this.#add(first, second);
      }
      if (this.#firsts[id] === first && this.#seconds[id] === second) return id;
    }
  }

  firstOf(id: number): number {
    return this.#firsts[id] as number;
  }

  secondOf(id: number): number {
    return this.#seconds[id] as number;
  }

  clear(): void {
    this.#slots.fill(0);
    this.#count = 0;
  }

  #add(first: number, second: number): number {
    const id = ++this.#count;
    if (id === this.#firsts.length) this.#enlarge();
    this.#firsts[id] = first;
    this.#seconds[id] = second;
    return id;
  }

  #enlarge(): void {
    const [firsts, seconds] = [this.#firsts, this.#seconds];
    this.#firsts = new Int32Array(firsts.length * 2);
    this.#firsts.set(firsts);
    this.#seconds = new Int32Array(seconds.length * 2);
    this.#seconds.set(seconds);
    this.#slots = new Int32Array(this.#firsts.length * 2);
    const mask = this.#slots.length - 1;
    for (let id = 1; id <= firsts.length; id++) {
      let slot = slotOf(this.#firsts[id] as number, this.#seconds[id] as number) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = id;
    }
  }
}

function slotOf(first: number, second: number): number {
  const hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
