import { readFile, writeFile } from "node:fs/promises";

export interface Item {
  readonly sku: string;
  readonly name: string;
  readonly priceCents: number;
  quantity: number;
}

export interface Movement {
  readonly sku: string;
  /** positive: received; negative: sold or lost */
  readonly change: number;
  readonly at: Date;
  readonly note?: string;
}

export class OutOfStock extends Error {
  constructor(
    readonly sku: string,
    readonly wanted: number,
    readonly available: number,
  ) {
    super(`Only ${available} of ${sku} are left, ${wanted} were asked for.`);
    this.name = "OutOfStock";
  }
}

/** What is in the warehouse, and everything that went in or out. */
export class Inventory {
  private readonly items = new Map<string, Item>();
  private readonly movements: Movement[] = [];

  constructor(items: readonly Item[] = []) {
    for (const item of items) this.items.set(item.sku, { ...item });
  }

  find(sku: string): Item {
    const item = this.items.get(sku);
    if (item === undefined) throw new Error(`There is no item ${sku}.`);
    return item;
  }

  receive(sku: string, count: number, note?: string): void {
    if (!Number.isInteger(count) || count <= 0) throw new RangeError(`A count of ${count} cannot be received.`);
    this.find(sku).quantity += count;
    this.record(sku, count, note);
  }

  sell(sku: string, count: number): number {
    const item = this.find(sku);
    if (item.quantity < count) throw new OutOfStock(sku, count, item.quantity);
    item.quantity -= count;
    this.record(sku, -count);
    return count * item.priceCents;
  }

  // reports

  private record(sku: string, change: number, note?: string): void {
    this.movements.push({ sku, change, at: new Date(), ...(note === undefined ? {} : { note }) });
  }

  toJSON(): readonly Item[] {
    return [...this.items.values()];
  }
}

export async function loadInventory(file: string): Promise<Inventory> {
  const text = await readFile(file, "utf8");
  return new Inventory(JSON.parse(text) as Item[]);
}

export async function saveInventory(file: string, inventory: Inventory): Promise<void> {
  await writeFile(file, JSON.stringify(inventory, null, 2) + "\n");
}
