import { strings } from "../strings";

/** For an address that leads nowhere, and for what is gone. */
export function Nowhere({ title }: { title?: string }) {
  const { nowhere } = strings.value;
  return (
    <div class="page">
      <h1>{title ?? nowhere.title}</h1>
      <p class="lead">{nowhere.lead}</p>
      <a class="button" href="/">
        {nowhere.home}
      </a>
    </div>
  );
}
