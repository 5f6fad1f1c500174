import { strings } from "../strings/all";

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

/** What keys do, for whoever has some. */
export function Shortcuts() {
  const { shortcuts } = strings.value;
  const rows: [keys: string[], does: string][] = [
    [["Enter"], shortcuts.send],
    [["Shift", "Enter"], shortcuts.line],
    [["Esc"], shortcuts.stop],
    [["↑"], shortcuts.edit],
    [[MAC ? "⌘" : shortcuts.control, "K"], shortcuts.search],
  ];
  return (
    <section class="card shortcuts">
      <h2>{shortcuts.title}</h2>
      <dl>
        {rows.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
