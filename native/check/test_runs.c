/* test_runs.c : lines of an excerpt, what they cost, and the cheapest way through them. */
#include "check.h"
#include "rcd_charset_ids.h"
#include "rcd_runs.h"

static const char text[] = "plain\nna\xEFve caf\xE9 \xE0 la\r\n\nd\xE9j\xE0 vu";

static void test_lines(void)
{
    rcd_run_line line[RCD_RUNS_LINES];
    const size_t n = rcd_runs_lines((const uint8_t *)text, sizeof text - 1, line);
    CHECK(n == 2, "%zu lines", n);
    CHECK(line[0].begin == 6 && line[0].len == 15 && line[0].high == 3 && line[0].read == 10,
          "the first: %u, %u bytes, %u high, %u read", line[0].begin, line[0].len, line[0].high,
          line[0].read);
    CHECK(line[1].begin == 24 && line[1].len == 7 && line[1].high == 2 && line[1].read == 4,
          "the second: %u, %u bytes, %u high, %u read", line[1].begin, line[1].len, line[1].high,
          line[1].read);
    uint8_t many[4 * RCD_RUNS_LINES];
    memset(many, '\n', sizeof many);
    for (size_t i = 0; i < sizeof many; i += 2) {
        many[i] = 0xE9;
    }
    CHECK(rcd_runs_lines(many, sizeof many, line) == RCD_RUNS_LINES, "no more than there is room");
    memset(many, 0xE9, sizeof many);
    many[300] = ' ';
    CHECK(rcd_runs_lines(many, 400, line) == 2 && line[1].begin == 301, "a long line is cut");
}

static void test_costs(void)
{
    static rcd_run_reading windows, dos, other;
    rcd_run_line line[RCD_RUNS_LINES];
    uint8_t which[RCD_RUNS_LINES];
    uint32_t work[sizeof text + 1];
    const size_t n = rcd_runs_lines((const uint8_t *)text, sizeof text - 1, line);
    windows.charset = RCD_CS_CP1252;
    dos.charset = RCD_CS_CP850;
    CHECK(rcd_runs_weigh(&windows, (const uint8_t *)text, line, n, work), "not weighed");
    CHECK(rcd_runs_weigh(&dos, (const uint8_t *)text, line, n, work), "not weighed");
    CHECK(windows.total == windows.cost[0] + windows.cost[1], "the sum of its lines");
    CHECK(windows.cost[0] < dos.cost[0] && windows.cost[1] < dos.cost[1], "its own is cheaper");
    other = dos;
    other.cost[1] = 0;
    CHECK(rcd_runs_path(&windows, &other, n, which) == windows.cost[0] + RCD_RUNS_SWITCH &&
              which[0] == 0 && which[1] == 1, "a change that pays");
    other.cost[1] = windows.cost[1];
    CHECK(rcd_runs_path(&windows, &other, n, which) == windows.total && which[1] == 0,
          "a change that does not");
    windows.charset = RCD_CS_ISO2022_JP;
    CHECK(!rcd_runs_weigh(&windows, (const uint8_t *)text, line, n, work), "has a state");
}

/* Lines that read the same are no evidence: the less of their costs counts in both. */
static void test_level(void)
{
    static const char quotes[] = "\x93quoted\x94 words\ncaf\xE9\n";
    static rcd_run_reading windows, greek;
    rcd_run_line line[RCD_RUNS_LINES];
    const size_t n = rcd_runs_lines((const uint8_t *)quotes, sizeof quotes - 1, line);
    windows.charset = RCD_CS_CP1252;
    greek.charset = RCD_CS_CP1253;
    windows.cost[0] = 50;
    windows.cost[1] = 60;
    greek.cost[0] = 170;
    greek.cost[1] = 200;
    windows.total = 110;
    greek.total = 370;
    rcd_runs_level(&greek, &windows, (const uint8_t *)quotes, line, n);
    CHECK(greek.cost[0] == 50 && windows.cost[0] == 50, "the same text");
    CHECK(greek.cost[1] == 200 && windows.cost[1] == 60, "another text");
    CHECK(greek.total == 250 && windows.total == 110, "totals: %d, %d", greek.total, windows.total);
}

int main(void)
{
    test_lines();
    test_costs();
    test_level();
    return check_end("runs");
}
