// The pages of README.md and docs/ as a site: `make site`. The list of pages is docs/README.md itself.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";

const packages = fileURLToPath(new URL("../node_modules", import.meta.url));

const list = readFileSync(new URL("../../docs/README.md", import.meta.url), "utf8");

// "| Operate | |" begins a part, and each row below it begins with a link to a page.
function sidebar() {
  const parts = [];
  for (const line of list.split("\n")) {
    const part = /^\| ([A-Z][\w ]+) \| \|$/.exec(line);
    const page = /^\| \[(.+?)\]\((.+?\.md)\)/.exec(line);
    if (part) parts.push({ text: part[1], items: [] });
    if (page && parts.length > 0) {
      const link = new URL(page[2], "file:///docs/").pathname;
      parts.at(-1).items.push({ text: page[1].replaceAll("`", ""), link });
    }
  }
  return parts;
}

// A diagram is drawn in the reader's browser, by a library that the site brings along.
function diagrams(markdown) {
  const fence = markdown.renderer.rules.fence;
  markdown.renderer.rules.fence = (tokens, index, ...rest) =>
    tokens[index].info.trim() === "mermaid"
      ? `<pre class="mermaid" v-pre>${markdown.utils.escapeHtml(tokens[index].content)}</pre>`
      : fence(tokens, index, ...rest);
}

// Folders and sources are in the repository, and not in the site: what leads there is text here.
function pagesOnly(markdown) {
  markdown.core.ruler.push("pages-only", state => {
    for (const { children } of state.tokens.filter(token => token.type === "inline")) {
      let hidden = false;
      for (const token of children) {
        const closes = token.type === "link_close";
        if (token.type === "link_open") hidden = !/^(https?:|mailto:|#)|\.md(#|$)/.test(token.attrGet("href"));
        if (hidden && (closes || token.type === "link_open")) Object.assign(token, { type: "text", tag: "", content: "" });
        if (closes) hidden = false;
      }
    }
  });
}

export default defineConfig({
  title: "payments-dr",
  lang: "en-US",
  srcDir: "..",
  outDir: "../target/site",
  cacheDir: "../target/site-cache",
  // Pages of tools and packages are no pages of this project, and evidence of drills is no handbook.
  srcExclude: ["**/node_modules/**", "**/target/**", "**/src/**", ".*/**", "emulator/.venv/**", "evidence/**"],
  buildEnd: ({ outDir }) =>
    writeFileSync(`${outDir}/index.html`, '<!doctype html><meta http-equiv="refresh" content="0; url=README.html">'),
  // What looks like HTML in a page is text.
  markdown: { html: false, config: markdown => markdown.use(diagrams).use(pagesOnly) },
  vite: {
    build: { chunkSizeWarningLimit: 4000 },
    // The pages are outside of this folder, and find no packages by themselves.
    resolve: { alias: [{ find: /^vue(\/.*)?$/, replacement: `${packages}/vue$1` }] },
  },
  themeConfig: {
    // The title's: VitePress would look for an index.md, which a repository has not.
    logoLink: "/README.html",
    search: { provider: "local" },
    sidebar: sidebar(),
    outline: "deep",
    nav: [{ text: "On call", link: "/docs/oncall" }, { text: "All pages", link: "/docs/README" }],
  },
});
