/* test_escape.c : the 7-bit encodings, what only looks like them, and every cut of both. */
#include "check.h"
#include "rcd_charset_ids.h"
#include "rcd_escape.h"

/* Where `certain` is WEAK the charset is named but the structure alone does not decide. */
enum { WEAK, SURE };

static const struct {
    const char *text;
    size_t len;
    int charset;
    int narrow;
    unsigned characters;
    int certain;
    unsigned bad;
    uint64_t first_bad;
} cases[] = {
#define NONE UINT64_MAX
#define CASE(text, charset, narrow, characters, certain)                                          \
    {text, sizeof text - 1, RCD_CS_##charset, RCD_CS_##narrow, characters, certain, 0, NONE}
#define TEXT(text) {text, sizeof text - 1, RCD_CS_NONE, RCD_CS_NONE, 0, WEAK, 0, NONE}
#define BROKEN(text, charset, characters, certain, bad, first_bad)                                \
    {text, sizeof text - 1, RCD_CS_##charset, RCD_CS_##charset, characters, certain, bad, first_bad}

    /* ISO-2022-JP and its relatives */
    CASE("\x1B$B$3$l\x1B(B", ISO2022_JP, ISO2022_JP, 2, SURE),
    CASE("Re: \x1B$@F|K\\8l\x1B(J text\n", ISO2022_JP, ISO2022_JP, 3, SURE),
    CASE("\x1B$B$3$l", ISO2022_JP, ISO2022_JP, 2, SURE),
    CASE("\x1B$B$3\n$l\x1B(B\n", ISO2022_JP, ISO2022_JP, 2, SURE),
    CASE("\x1B$(B$3\x1B(B", ISO2022_JP, ISO2022_JP, 1, SURE),
    CASE("\x1B&@\x1B$B$3\x1B(B", ISO2022_JP, ISO2022_JP, 1, SURE),
    CASE("\x1B[1m\x1B$B$3$l\x1B(B\x1B[0m", ISO2022_JP, ISO2022_JP, 2, SURE),
    CASE("\x1B(I123\x1B(B", CP50220, ISO2022_JP_EXT, 3, SURE),
    CASE("\x1B$B-!\x1B(B", CP50220, CP50220, 1, SURE),         /* NEC row 13 */
    CASE("\x1B$By!\x1B(B", CP50220, CP50220, 1, SURE),         /* IBM's in NEC rows 89 to 92 */
    CASE("\x1B$B$3\x0E\x0F$l\x1B(B", ISO2022_JP, ISO2022_JP, 2, SURE),
    CASE("\x1B$B$3\x1B(B\x0E\x31\x32\x0F", CP50220, CP50220, 3, SURE),
    /* A designation ends an SO that was left open: what follows are the pairs it says. */
    CASE("\x1B$B$3\x1B(B\x0E\x31\x32\x1B$B$l$O\x1B(B", CP50220, CP50220, 5, SURE),
    CASE("\x1B$(D0!\x1B(B", ISO2022_JP_1, ISO2022_JP_1, 1, SURE),
    CASE("\x1B$(D0!\x1B(I1\x1B(B", ISO2022_JP_EXT, ISO2022_JP_EXT, 2, SURE),
    CASE("\x1B$A0!\x1B(B", ISO2022_JP_2, ISO2022_JP_2, 1, SURE),
    CASE("\x1B$(C0!\x1B(B", ISO2022_JP_2, ISO2022_JP_2, 1, SURE),
    CASE("\x1B.A\x1BNi", ISO2022_JP_2, ISO2022_JP_2, 1, SURE),
    CASE("\x1B.F\x1BNa\x1BNb", ISO2022_JP_2, ISO2022_JP_2, 2, SURE),
    /* ECMA-35: a single shift calls what was designated, and here nothing was. */
    BROKEN("\x1B$A0!0!0!0!0!0!0!0!\x1B(B\x1BNi", ISO2022_JP_2, 8, SURE, 1, 22),
    CASE("\x1B$B$3\x1B(B\x1BNi", ISO2022_JP, ISO2022_JP, 1, SURE),
    CASE("\x1B$(O/!\x1B(B", ISO2022_JP_3, ISO2022_JP_3, 1, SURE),
    CASE("\x1B$(Q.!\x1B(B", ISO2022_JP_2004, ISO2022_JP_2004, 1, SURE),
    CASE("\x1B$(P!!\x1B(B", ISO2022_JP_2004, ISO2022_JP_3, 1, SURE),
    BROKEN("\x1B$B$3$l$OK\\$3$l$OK\\0", ISO2022_JP, 8, SURE, 1, 19),
    BROKEN("\x1B$B$3$l$OK\\$3$l$OK\\\x7F$3\x1B(B", ISO2022_JP, 9, SURE, 1, 19),
    BROKEN("\x1B$B$3$l$OK\\$3$l$OK\\/~\x1B(B", ISO2022_JP, 8, SURE, 1, 19),
    TEXT("\x1B$B$3\x1B(B \x80"),
    TEXT("\xA4\x1B$B$3\x1B(B"),
    TEXT("\x1B$B$3 $l $O\x1B(B"),

    /* Terminals */
    TEXT("\x1B[31mred\x1B[0m"),
    TEXT("bold \x1B[1mtext\x1B(B\x1B[m, the way curses resets it\n"),
    TEXT("\x1B(0lqqqk\x1B(B"),
    TEXT("\x1B]0;title\x07\x1B=\x1B>"),
    TEXT("\x0Elqqk\x0F"),
    TEXT("\x1B"),
    TEXT("\x1B("),
    TEXT("\x1B(B"),
    TEXT(""),
    TEXT("plain"),

    /* ISO-2022-KR, -CN */
    CASE("\x1B$)C\x0E" "0!\x0F a\n", ISO2022_KR, ISO2022_KR, 1, SURE),
    CASE("\x1B$)Cascii only\n", ISO2022_KR, ISO2022_KR, 0, SURE),
    CASE("a\n\x1B$)C\x0E" "0!0\"\n0!\x0F", ISO2022_KR, ISO2022_KR, 2, SURE),
    TEXT("a\n\x1B$)Cascii only\n"),
    TEXT("\x0E" "0!\x0F" "a"),
    CASE("\x1B$)A\x0E" "0!\x0F" "a\n", ISO2022_CN, ISO2022_CN, 1, SURE),
    CASE("\x1B$)G\x0E" "D!\x0F\n\x1B$)A\x0E" "0!\x0F\n", ISO2022_CN, ISO2022_CN, 2, SURE),
    CASE("\x1B$)A\x0E" "0!\x1B$*H\x1BN!!\x0F\n", ISO2022_CN, ISO2022_CN, 2, SURE),
    CASE("\x1B$)E\x0E" "0!\x0F\n", ISO2022_CN_EXT, ISO2022_CN_EXT, 1, SURE),
    CASE("\x1B$+I\x1BO!!\n", ISO2022_CN_EXT, ISO2022_CN_EXT, 1, SURE),
    BROKEN("\x1B$)A\x0E" "0!0!0!0!0!0!0!0!\x0F\n\x0E" "0!", ISO2022_CN, 8, SURE, 1, 23),
    BROKEN("\x1B$)A\x0E" "0!0!0!0!0!0!0!0!\x0F\x1BN!!", ISO2022_CN, 8, SURE, 1, 22),

    /* HZ */
    CASE("~{<:Ky2;~}\n", HZ, HZ, 3, SURE),
    CASE("This ~~ is ~{VPND~}.~\nMore ~{VP~}", HZ, HZ, 3, SURE),
    CASE("~{VPND", HZ, HZ, 2, SURE),
    CASE("~{VP~}", HZ, HZ, 1, WEAK),
    CASE("~{VP~\nND~}", HZ, HZ, 2, SURE),
    BROKEN("~{VPNDVPNDVPNDVPND~} ~/x", HZ, 8, WEAK, 1, 21),
    TEXT("~{VPND~} and ~/home and ~user"),
    TEXT("(format nil \"~{~a~^, ~}\" list)"),
    TEXT("~{formatargs~}"),
    TEXT("if (~{x}) y = ~z;"),
    TEXT("~~~~~~~~"),
    TEXT("~{~}"),
    TEXT("~{V P~}"),
    TEXT("~{VP\nND~}"),

    /* UTF-7 */
    CASE("caf+AOk-, na+AO8-ve", UTF_7, UTF_7, 2, SURE),
    CASE("Gr+APw-n", UTF_7, UTF_7, 1, WEAK),
    CASE("+BB8EQAQ4BDIENQRC-", UTF_7, UTF_7, 6, SURE),
    TEXT("+ZeVnLIqe-"), /* eight small letters and a dash make three han one time in eight */
    CASE("+ZeVnLIqeMG4whjC5MMg-", UTF_7, UTF_7, 7, SURE),
    CASE("Hi Mom +Jjo-!", UTF_7, UTF_7, 1, WEAK),
    CASE("+2D3eAA- +2D3eAQ-", UTF_7, UTF_7, 2, SURE),
    CASE("+/v8-Hello", UTF_7, UTF_7, 1, SURE),
    CASE("+ACI-quoted+ACI-", UTF_7, UTF_7, 2, SURE),
    CASE("+AOkA6ADgAPQ", UTF_7, UTF_7, 4, SURE),
    TEXT("1+1=2, 2+2=4"),
    TEXT("C++ and C+-"),
    TEXT("+-"),
    TEXT("Call +49 30 1234, +420 777 or +1-555"),
    TEXT("http://example.org/?q=one+two+three+four+five"),
    TEXT("google+follow"),
    TEXT("REST+API-based"),
    TEXT("a + b +c"),
    TEXT("+12A-"),
    TEXT("+2D0-"),
    TEXT("+3gA-"),
    TEXT("+AOl-"),
    TEXT("+BB8EQAQ4A-"), /* six bits are left over */
    TEXT("kQ7mA2xZ9b+AOkA6A-"),
    TEXT("8Z3vN+kQm2Xh5TtLwYc1Rr0oPaUeJdSg7bIiFfHhKkMm/9Bz+GqWxVyDnCjEsAl3u6O4pQ=="),

    /* The names of mailboxes in IMAP */
    CASE("Entw&APw-rfe", UTF_7_IMAP, UTF_7_IMAP, 1, WEAK),
    CASE("Entw&APw-rfe, Gel&APY-schte", UTF_7_IMAP, UTF_7_IMAP, 2, SURE),
    CASE("~peter/mail/&U,BTFw-/&ZeVnLIqe-", UTF_7_IMAP, UTF_7_IMAP, 5, SURE),
    CASE("INBOX.&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-", UTF_7_IMAP, UTF_7_IMAP, 12, SURE),
    CASE("&BB8EQAQ+BDUEOgRCBEs-", UTF_7_IMAP, UTF_7_IMAP, 7, SURE),
    TEXT("Lost &- found"),
    TEXT("R&D-based, AT&T-style, Q&A- and B&B-houses"),
    TEXT("a=1&lang=de-DE&copy=&amp;-&nbsp;-"),
    TEXT("&APw"),           /* it must end */
    TEXT("&AGEAYgBjAOk-"), /* letters of ASCII are not written so */
#undef CASE
#undef TEXT
#undef BROKEN
};

static void verdict_of(const uint8_t *p, size_t len, size_t cut, int sample,
                       rcd_escape_verdict *out)
{
    static rcd_escape e;
    rcd_escape_init(&e);
    rcd_escape_feed(&e, p, cut);
    rcd_escape_feed(&e, p + cut, len - cut);
    rcd_escape_end(&e, sample, NULL, out);
}

static int same(const rcd_escape_verdict *a, const rcd_escape_verdict *b)
{
    return a->charset == b->charset && a->narrow == b->narrow && a->characters == b->characters &&
           a->bad == b->bad && a->first_bad == b->first_bad && a->certain == b->certain;
}

static void check_cases(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint8_t *p = exact_copy(cases[i].text, cases[i].len);
        rcd_escape_verdict v;
        verdict_of(p, cases[i].len, cases[i].len, 0, &v);
        CHECK(v.charset == cases[i].charset && v.narrow == cases[i].narrow &&
                  v.characters == cases[i].characters && v.certain == cases[i].certain &&
                  v.bad == cases[i].bad && v.first_bad == cases[i].first_bad,
              "case %zu %.20s: charset %d narrow %d characters %d certain %d bad %d at %d", i,
              cases[i].text, v.charset, v.narrow, (int)v.characters, v.certain, (int)v.bad,
              (int)v.first_bad);
        for (size_t cut = 0; cut < cases[i].len; cut++) {
            rcd_escape_verdict w;
            verdict_of(p, cases[i].len, cut, 0, &w);
            CHECK(same(&v, &w), "case %zu %.20s cut at %zu", i, cases[i].text, cut);
        }
        static rcd_escape bytewise;
        rcd_escape_init(&bytewise);
        for (size_t at = 0; at < cases[i].len; at++) {
            rcd_escape_feed(&bytewise, p + at, 1);
        }
        rcd_escape_verdict w;
        rcd_escape_end(&bytewise, 0, NULL, &w);
        CHECK(same(&v, &w), "case %zu %.20s byte by byte", i, cases[i].text);
        free(p);
    }
}

/* A sample that ends anywhere inside good text has nothing broken. */
static void check_samples(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (cases[i].bad != 0 || cases[i].charset == RCD_CS_NONE) {
            continue;
        }
        for (size_t len = 0; len <= cases[i].len; len++) {
            uint8_t *p = exact_copy(cases[i].text, len);
            rcd_escape_verdict v;
            verdict_of(p, len, 0, 1, &v);
            CHECK(v.bad == 0, "case %zu %.20s, sample of %zu: bad at %d", i, cases[i].text, len,
                  (int)v.first_bad);
            free(p);
        }
    }
}

/* Cases strung together, with bytes changed: any split tells the same. */
static void check_mixes(void)
{
    enum { ROOM = 3000, COUNT = sizeof cases / sizeof cases[0] };
    check_random r = {0xE5C};
    static rcd_escape one, cut;
    for (unsigned round = 0; round < 6000; round++) {
        uint8_t p[ROOM];
        size_t len = 0;
        size_t favourite = random_below(&r, COUNT);
        size_t most = 1 + random_below(&r, round % 8 == 0 ? ROOM : 200);
        while (len < most) {
            size_t pick = random_below(&r, 6) == 0 ? random_below(&r, COUNT) : favourite;
            size_t n = cases[pick].len < most - len ? cases[pick].len : most - len;
            memcpy(p + len, cases[pick].text, n);
            len += n;
            if (n == 0) {
                p[len++] = ' ';
            }
        }
        for (unsigned k = 0; k < round % 4; k++) {
            p[random_below(&r, len)] = (uint8_t)(random_next(&r) & 0x7F);
        }
        uint8_t *exact = exact_copy(p, len);
        rcd_escape_init(&one);
        rcd_escape_feed(&one, exact, len);
        rcd_escape_init(&cut);
        for (size_t i = 0; i < len;) {
            size_t n = random_piece(&r, len - i);
            rcd_escape_feed(&cut, exact + i, n);
            i += n;
        }
        for (int sample = 0; sample < 2; sample++) {
            rcd_escape_verdict v, w;
            rcd_escape_end(&one, sample, NULL, &v);
            rcd_escape_end(&cut, sample, NULL, &w);
            CHECK(same(&v, &w) && one.pos == cut.pos && one.dead == cut.dead,
                  "round %u, %zu bytes: charset %d, in pieces %d", round, len, v.charset,
                  w.charset);
        }
        free(exact);
    }
}

/* Hopeless input is given up, so that it costs nothing; text of any length is not. */
static void check_giving_up(void)
{
    enum { LEN = 200000 };
    static rcd_escape e;
    uint8_t *p = malloc(LEN);
    if (p == NULL) {
        abort();
    }
    static const struct {
        const char *text;
        int dead;
        int charset;
    } texts[] = {
        {"a~/b + c & d \x1B[1m\x1B(0x\x1B(B\x1B[m\n", 1, RCD_CS_NONE},
        {"x = a + b; // ~c \xE9\n", 1, RCD_CS_NONE},
        {"plain text, line after line\n", 0, RCD_CS_NONE},
        {"text \x1B$B$3$l$OJ8;z\x1B(B\n", 0, RCD_CS_ISO2022_JP},
        {"~{<:Ky2;~} text\n", 0, RCD_CS_HZ},
        {"caf+AOk- text\n", 0, RCD_CS_UTF_7},
    };
    for (size_t t = 0; t < sizeof texts / sizeof texts[0]; t++) {
        size_t n = strlen(texts[t].text);
        size_t len = LEN - LEN % n;
        for (size_t i = 0; i < len; i++) {
            p[i] = (uint8_t)texts[t].text[i % n];
        }
        rcd_escape_verdict v;
        rcd_escape_init(&e);
        rcd_escape_feed(&e, p, len);
        rcd_escape_end(&e, 0, NULL, &v);
        CHECK(e.dead == texts[t].dead && v.charset == texts[t].charset && v.bad == 0,
              "text %zu: dead %d charset %d bad %d", t, e.dead, v.charset, (int)v.bad);
    }
    free(p);
}

int main(void)
{
    check_cases();
    check_samples();
    check_mixes();
    check_giving_up();
    return check_end("escape");
}
