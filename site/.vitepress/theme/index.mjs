import { nextTick, onMounted, watch } from "vue";
import { useData, useRoute } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import "./style.css";

async function draw(dark) {
  await nextTick();
  const diagrams = [...document.querySelectorAll("pre.mermaid")];
  if (diagrams.length === 0) return;
  const { default: mermaid } = await import("mermaid");
  mermaid.initialize({ startOnLoad: false, theme: dark ? "dark" : "default" });
  for (const diagram of diagrams) {
    // What it was drawn from, for the other theme.
    diagram.dataset.source ??= diagram.textContent;
    diagram.removeAttribute("data-processed");
    diagram.textContent = diagram.dataset.source;
  }
  await mermaid.run({ nodes: diagrams });
}

export default {
  extends: DefaultTheme,
  setup() {
    const route = useRoute();
    const { isDark } = useData();
    onMounted(() => draw(isDark.value));
    watch(() => [route.path, isDark.value], () => draw(isDark.value));
  },
};
