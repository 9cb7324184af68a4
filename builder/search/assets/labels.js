// Every word that the search says, by language.

const LABELS = {
  zh: {
    near: "相近结果",
    nearNote: "没有完全相符的，以下是相近结果",
    none: "没有找到",
    count: (total, exact) => `${exact ? "" : "约 "}${total} 条结果`,
    widened: (names) => `也搜索了 ${names.join("、")}`,
    all: (total, exact) => `查看全部${exact ? "" : "约"} ${total} 条，按来源、专题、年份筛选`,
    fault: "搜索出错：索引文件缺失或损坏，结果不可靠。请刷新页面再试。",
    faultTitle: "搜索出错",
    more: "显示更多",
    busy: "正在搜索……",
    any: "全部",
    undated: "日期不详",
    unknown: "不明",
    scripts: { "zh-Hans": "简体", "zh-Hant": "繁体", en: "英文" },
  },
  en: {
    near: "near match",
    nearNote: "Nothing matches exactly; these come near",
    none: "Nothing found",
    count: (total, exact) => `${exact ? "" : "about "}${total} ${total === 1 ? "result" : "results"}`,
    widened: (names) => `also searched for ${names.join(", ")}`,
    all: (total, exact) => `All ${exact ? "" : "(about) "}${total} results, by source, topic and year`,
    fault: "Search failed: a file of the index is missing or damaged, so results cannot be trusted. Please reload.",
    faultTitle: "Search failed",
    more: "Show more",
    busy: "Searching …",
    any: "All",
    undated: "undated",
    unknown: "unknown",
    scripts: { "zh-Hans": "Simplified", "zh-Hant": "Traditional", en: "English" },
  },
};

export function labelsFor(language) {
  return language && !language.startsWith("zh") ? LABELS.en : LABELS.zh;
}
