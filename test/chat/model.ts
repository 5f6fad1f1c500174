/** A small model of the tree: what every message says and follows, and where the head stands. */
export type Node = { id: number; parent: number | null; role: string; content: string };
export class Model {
  nodes = new Map<number, Node>();
  head: number | null = null;
  changes = 0;
  removed: { nodes: Node[]; joined: number[]; head: number | null; changes: number } | null = null;

  children = (id: number | null) => [...this.nodes.values()].filter((node) => node.parent === id);
  below = (id: number): Node[] => {
    const node = this.nodes.get(id)!;
    return [node, ...this.children(id).flatMap((child) => this.below(child.id))];
  };
  newest = (nodes: Node[]) => nodes.reduce<number | null>((max, { id }) => Math.max(max ?? 0, id), null);
  path(leaf = this.head): Node[] {
    const path: Node[] = [];
    for (let at = leaf; at !== null;) {
      const node = this.nodes.get(at)!;
      path.unshift(node);
      at = node.parent;
    }
    return path;
  }
  add(...nodes: Node[]) {
    for (const node of nodes) this.nodes.set(node.id, node);
    this.head = nodes.at(-1)!.id;
    this.changes++;
  }
  select(id: number) {
    const head = this.newest(this.below(id));
    if (head !== this.head) this.changes++;
    this.head = head;
  }
  remove(id: number, withSubtree: boolean) {
    const { parent } = this.nodes.get(id)!;
    const nodes = withSubtree ? this.below(id) : [this.nodes.get(id)!];
    const joined = withSubtree ? [] : this.children(id).map((child) => child.id);
    const before = this.head;
    const isHead = nodes.some((node) => node.id === this.head);
    for (const node of nodes) this.nodes.delete(node.id);
    for (const child of joined) this.nodes.get(child)!.parent = parent;
    const beside = withSubtree
      ? this.newest(this.children(parent).flatMap((node) => this.below(node.id)))
      : null;
    if (isHead) this.head = beside ?? parent;
    this.removed = { nodes, joined, head: before, changes: ++this.changes };
  }
  undo() {
    const { nodes, joined, head, changes } = this.removed!;
    const [top] = nodes as [Node];
    for (const node of nodes) this.nodes.set(node.id, node);
    for (const id of joined) {
      const node = this.nodes.get(id);
      if (node?.parent === top.parent) node!.parent = top.id;
    }
    if (changes === this.changes) this.head = head;
    else this.head ??= head;
    this.changes++;
    this.removed = null;
  }
}
