/* test_declared.c : declarations, case by case, and what holds for any bytes. */
#include "check.h"

#include "rcd_charset_ids.h"
#include "rcd_declared.h"

#define HTML  RCD_DECLARED_HTML
#define XML   RCD_DECLARED_XML
#define CSS   RCD_DECLARED_CSS
#define PEP   RCD_DECLARED_PEP263
#define VIM   RCD_DECLARED_VIM
#define EMACS RCD_DECLARED_EMACS
#define NONE  RCD_DECLARED_NONE

typedef struct {
    const char *text;
    size_t len;
    int kind;
    int charset;       /* 0 with a kind: a label that is unknown or cannot be */
    const char *label; /* as it stands there; NULL: not looked at */
    const char *why;   /* reason and source */
} declared_case;

#define TEXT(text) text, sizeof(text) - 1

/* "The standard" is the HTML Standard, 13.2.3.2, unless said otherwise. */
static const declared_case html[] = {
    {TEXT("<meta charset=cp866>"), HTML, RCD_CS_CP866, "cp866", "unquoted"},
    {TEXT("<META CHARSET = 'KOI8-R' >"), HTML, RCD_CS_KOI8_R, "KOI8-R", "case, blanks, quotes"},
    {TEXT("<meta/charset=\"koi8-r\"/>"), HTML, RCD_CS_KOI8_R, "koi8-r", "a slash ends the name"},
    {TEXT("<meta\fcharset=koi8-r>"), HTML, RCD_CS_KOI8_R, "koi8-r", "a form feed too"},
    {TEXT("<metacharset=koi8-r>"), NONE, 0, NULL, "that is another tag"},
    {TEXT("<meta charset=\" koi8-r\n\">"), HTML, RCD_CS_KOI8_R, "koi8-r", "labels are trimmed"},
    {TEXT("<meta charset=utf-16le>"), HTML, RCD_CS_UTF_8, "utf-16le", "step 12: it is UTF-8"},
    {TEXT("<meta charset=utf-16>"), HTML, RCD_CS_UTF_8, "utf-16", "step 12"},
    {TEXT("<meta charset=x-user-defined>"), HTML, RCD_CS_CP1252, "x-user-defined", "step 13"},
    {TEXT("<meta charset=utf-32>"), HTML, 0, "utf-32", "not a label of the web, cannot be"},
    {TEXT("<meta charset=ibm037>"), HTML, 0, "ibm037", "cannot be: the tag is ASCII"},
    {TEXT("<meta charset=nonsense><meta charset=koi8-r>"), HTML, RCD_CS_KOI8_R, "koi8-r",
     "step 11: on to the next"},
    {TEXT("<meta charset=nonsense>"), HTML, 0, "nonsense", "unknown, but told"},
    {TEXT("<meta charset=>"), NONE, 0, NULL, "an empty value is no label"},
    {TEXT("<meta charset"), NONE, 0, NULL, "cut"},
    {TEXT("<meta charset=koi8-r"), NONE, 0, NULL, "the end inside a tag ends the prescan"},
    {TEXT("<meta charset='koi8-r>"), NONE, 0, NULL, "the quote is never closed"},
    {TEXT("<meta charset=koi8-r charset=cp866>"), HTML, RCD_CS_KOI8_R, "koi8-r",
     "step 5: a name counts once"},
    {TEXT("<meta http-equiv=content-type content='text/html; charset=koi8-r'>"), HTML,
     RCD_CS_KOI8_R, "koi8-r", "the pragma"},
    {TEXT("<meta content='text/html; charset=koi8-r' http-equiv=Content-Type>"), HTML,
     RCD_CS_KOI8_R, "koi8-r", "in any order"},
    {TEXT("<meta content='text/html; charset=koi8-r'>"), NONE, 0, NULL,
     "step 10: content needs the pragma"},
    {TEXT("<meta http-equiv=refresh content='0; charset=koi8-r'>"), NONE, 0, NULL, "not that one"},
    {TEXT("<meta http-equiv=' content-type' content='charset=koi8-r'>"), NONE, 0, NULL,
     "the value is compared whole"},
    {TEXT("<meta http-equiv=content-type content='charset=koi8-r' charset=cp866>"), HTML,
     RCD_CS_CP866, "cp866", "charset wins over content"},
    {TEXT("<meta charset=cp866 http-equiv=content-type content='charset=koi8-r'>"), HTML,
     RCD_CS_CP866, "cp866", "and comes first"},
    {TEXT("<meta http-equiv=content-type content='charset = \"koi8-r\"; x'>"), HTML, RCD_CS_KOI8_R,
     "koi8-r", "extracting, steps 3 to 6"},
    {TEXT("<meta http-equiv=content-type content='charset charset=koi8-r'>"), HTML, RCD_CS_KOI8_R,
     "koi8-r", "extracting, step 4: look on"},
    {TEXT("<meta http-equiv=content-type content='charset=\"koi8-r'>"), NONE, 0, NULL,
     "extracting, step 6: an unmatched quote"},
    {TEXT("<meta http-equiv=content-type content='charset='>"), NONE, 0, NULL, "nothing there"},
    {TEXT("<!-- <meta charset=koi8-r> --><meta charset=cp866>"), HTML, RCD_CS_CP866, "cp866",
     "comments are skipped"},
    {TEXT("<!--><meta charset=cp866>-->"), HTML, RCD_CS_CP866, "cp866",
     "the hyphens may be those of the opening"},
    {TEXT("<!-- > <meta charset=koi8-r>"), NONE, 0, NULL, "never closed"},
    {TEXT("<!DOCTYPE html><meta charset=cp866>"), HTML, RCD_CS_CP866, "cp866", "doctype"},
    {TEXT("<? <meta charset=koi8-r> ?><meta charset=cp866>"), HTML, RCD_CS_CP866, "cp866",
     "an instruction ends at the first >"},
    {TEXT("<a title='<meta charset=koi8-r>'><meta charset=cp866>"), HTML, RCD_CS_CP866, "cp866",
     "tags are read with their attributes"},
    {TEXT("</p x=\"<meta charset=koi8-r>\"><meta charset=cp866>"), HTML, RCD_CS_CP866, "cp866",
     "so are end tags"},
    {TEXT("<a =\"><meta charset=koi8-r>"), HTML, RCD_CS_KOI8_R, "koi8-r",
     "a leading = belongs to a name, no quote opens"},
    {TEXT("<script><meta charset=koi8-r></script>"), HTML, RCD_CS_KOI8_R, "koi8-r",
     "the prescan knows no scripts"},
    {TEXT("< meta charset=koi8-r><meta charset=cp866>"), HTML, RCD_CS_CP866, "cp866",
     "no tag begins with a blank"},
    {TEXT("\xEF\xBB\xBF<meta charset=koi8-r>"), HTML, RCD_CS_KOI8_R, "koi8-r", "after a mark"},
    {TEXT("Dear <meta charset=koi8-r>"), HTML, RCD_CS_KOI8_R, "koi8-r", "text before is no matter"},
    {TEXT("<meta charset=iso-8859-1>"), HTML, RCD_CS_CP1252, "iso-8859-1",
     "Encoding Standard: a label of windows-1252"},
};

static const declared_case xml[] = {
    {TEXT("<?xml version=\"1.0\" encoding=\"koi8-r\"?>"), XML, RCD_CS_KOI8_R, "koi8-r", "XML 1.0"},
    {TEXT("<?xml encoding='KOI8-R'?>"), XML, RCD_CS_KOI8_R, "KOI8-R", "a text declaration, 4.3.1"},
    {TEXT("<?xml\n version = '1.0'\tencoding\n=\n'koi8-r' standalone='yes'?>"), XML, RCD_CS_KOI8_R,
     "koi8-r", "white space"},
    {TEXT("\n <?xml version='1.0' encoding='koi8-r'?>"), XML, RCD_CS_KOI8_R, "koi8-r",
     "lines before it are wrong but common"},
    {TEXT("\xEF\xBB\xBF<?xml version='1.0' encoding='koi8-r'?>"), XML, RCD_CS_KOI8_R, "koi8-r",
     "after a mark"},
    {TEXT("<?xml version='1.0'?>"), NONE, 0, NULL, "nothing declared"},
    {TEXT("<?xml version='1.0' encoding=koi8-r?>"), NONE, 0, NULL, "quotes must be"},
    {TEXT("<?xml version='1.0' encoding='koi8-r"), NONE, 0, NULL, "cut"},
    {TEXT("<?xml-stylesheet encoding='koi8-r'?>"), NONE, 0, NULL, "another instruction"},
    {TEXT("<?xml version='1.0' encoding='x-martian'?>"), XML, 0, "x-martian", "unknown"},
    {TEXT("<?xml version='1.0' encoding='UTF-16'?><a/>"), XML, 0, "UTF-16",
     "stale: it was converted since, it is ASCII-compatible now"},
    {TEXT("<?xml version='1.0' encoding='UTF-16'?><html><meta charset=koi8-r>"), HTML,
     RCD_CS_KOI8_R, "koi8-r", "then what else there is"},
    {TEXT("<?xml version='1.0' encoding='cp866'?><html><meta charset=koi8-r>"), XML, RCD_CS_CP866,
     "cp866", "XML first"},
    {TEXT("<\0?\0x\0m\0l\0 \0e\0n\0c\0o\0d\0i\0n\0g\0=\0'\0U\0T\0F\0-\0001\0006\0'\0?\0>\0"), XML,
     RCD_CS_UTF_16_LE, NULL, "XML 1.0 appendix F: the byte order is seen"},
    {TEXT("\0<\0?\0x\0m\0l\0 \0e\0n\0c\0o\0d\0i\0n\0g\0=\0'\0U\0T\0F\0-\0001\0006\0'\0?\0>"), XML,
     RCD_CS_UTF_16_BE, NULL, "big endian"},
    {TEXT("\xFE\xFF\0<\0?\0x\0m\0l\0 \0e\0n\0c\0o\0d\0i\0n\0g\0=\0'\0u\0t\0f\0-\0008\0'\0?\0>"),
     XML, 0, NULL, "a stale label in UTF-16"},
    {TEXT("<\0\0\0?\0\0\0x\0\0\0m\0\0\0l\0\0\0 \0\0\0e\0\0\0n\0\0\0c\0\0\0o\0\0\0d\0\0\0i\0\0\0"
          "n\0\0\0g\0\0\0=\0\0\0'\0\0\0u\0\0\0t\0\0\0f\0\0\0-\0\0\0003\0\0\0002\0\0\0'\0\0\0"),
     XML, RCD_CS_UTF_32_LE, NULL, "UTF-32"},
    {TEXT("\0\0\0<\0\0\0?\0\0\0x\0\0\0m\0\0\0l\0\0\0 \0\0\0e\0\0\0n\0\0\0c\0\0\0o\0\0\0d\0\0\0i\0\0\0n"
          "\0\0\0g\0\0\0=\0\0\0'\0\0\0u\0\0\0t\0\0\0f\0\0\0-\0\0\0003\0\0\0002\0\0\0'"),
     XML, RCD_CS_UTF_32_BE, NULL, "big endian"},
    {TEXT("\x4C\x6F\xA7\x94\x93\x40\xA5\x85\x99\xA2\x89\x96\x95\x7E\x7F\xF1\x4B\xF0\x7F\x40\x85"
          "\x95\x83\x96\x84\x89\x95\x87\x7E\x7F\x83\x97\xF0\xF3\xF7\x7F\x6F\x6E"),
     XML, RCD_CS_CP037, NULL, "EBCDIC, cp037: appendix F"},
    {TEXT("\x4C\x6F\xA7\x94\x93\x15\x85\x95\x83\x96\x84\x89\x95\x87\x7E\x7D\xC9\xC2\xD4\xF5\xF0\xF0"
          "\x7D\x6F\x6E"),
     XML, RCD_CS_CP500, NULL, "EBCDIC, IBM500 in capitals, after a new line"},
    {TEXT("\x4C\x6F\xA7\x94\x93\x40\x85\x95\x83\x96\x84\x89\x95\x87\x7E\x7D\xE4\xE3\xC6\x60\xF8\x7D"
          "\x6F\x6E"),
     XML, 0, NULL, "EBCDIC with a stale label: UTF-8"},
};

static const declared_case others[] = {
    {TEXT("@charset \"koi8-r\";"), CSS, RCD_CS_KOI8_R, "koi8-r", "CSS Syntax 3, 3.2"},
    {TEXT("@charset 'koi8-r';"), NONE, 0, NULL, "only these bytes, no other quote"},
    {TEXT("@charset  \"koi8-r\";"), NONE, 0, NULL, "and one blank"},
    {TEXT("@CHARSET \"koi8-r\";"), NONE, 0, NULL, "in lower case"},
    {TEXT(" @charset \"koi8-r\";"), NONE, 0, NULL, "at the start"},
    {TEXT("@charset \"koi8-r\" ;"), NONE, 0, NULL, "a semicolon at once"},
    {TEXT("@charset \"utf-16\";"), CSS, RCD_CS_UTF_8, "utf-16", "it is UTF-8, 3.2 step 3"},
    {TEXT("@charset \"koi8-r"), NONE, 0, NULL, "cut"},
    {TEXT("\xEF\xBB\xBF@charset \"koi8-r\";"), CSS, RCD_CS_KOI8_R, "koi8-r", "after a mark"},
    {TEXT("# -*- coding: koi8-r -*-\n"), PEP, RCD_CS_KOI8_R, "koi8-r", "PEP 263's example"},
    {TEXT("#!/usr/bin/python\n# vim: set fileencoding=koi8-r :\n"), PEP, RCD_CS_KOI8_R, "koi8-r",
     "PEP 263's third example"},
    {TEXT("# This Python file uses the following encoding: koi8-r\n"), PEP, RCD_CS_KOI8_R, "koi8-r",
     "its second"},
    {TEXT("#!/usr/local/bin/python\n# coding: latin-1\n"), PEP, RCD_CS_CP1252, "latin-1",
     "the web's superset, as for all labels"},
    {TEXT(" \t\f# coding=koi8-r\r\nimport os\r\n"), PEP, RCD_CS_KOI8_R, "koi8-r", "blanks, CR LF"},
    {TEXT("\n#coding:koi8-r"), PEP, RCD_CS_KOI8_R, "koi8-r", "a blank first line"},
    {TEXT("\r#coding:koi8-r"), PEP, RCD_CS_KOI8_R, "koi8-r", "CR alone ends a line"},
    {TEXT("import os\n# coding: koi8-r\n"), NONE, 0, NULL, "code in line 1: line 2 does not count"},
    {TEXT("\n\n# coding: koi8-r\n"), NONE, 0, NULL, "line 3 does not count"},
    {TEXT("x = 1 # coding: koi8-r\n"), NONE, 0, NULL, "the comment must begin the line"},
    {TEXT("# coding :koi8-r\n"), NONE, 0, NULL, "no blank before the colon"},
    {TEXT("# Coding: koi8-r\n"), NONE, 0, NULL, "the pattern minds the case"},
    {TEXT("# coding: , coding:  cp866\n"), PEP, RCD_CS_CP866, "cp866", "the first that matches"},
    {TEXT("# coding: utf-8-unix\n"), PEP, RCD_CS_UTF_8, "utf-8-unix", "Emacs's line ends"},
    {TEXT("# coding: no-such-thing\n"), PEP, 0, "no-such-thing", "unknown"},
    {TEXT("# coding: utf-16\n"), PEP, 0, "utf-16", "cannot be"},
    {TEXT(";; -*- mode: lisp; coding: koi8-r-dos; fill-column: 70 -*-\n"), EMACS, RCD_CS_KOI8_R,
     "koi8-r-dos", "Emacs manual, Specifying File Variables"},
    {TEXT("/* -*-coding:koi8-r-*- */"), EMACS, RCD_CS_KOI8_R, "koi8-r", "without blanks"},
    {TEXT("#!/bin/sh\n: -*- Coding : koi8-r -*-\n"), EMACS, RCD_CS_KOI8_R, "koi8-r",
     "second line, any case"},
    {TEXT("/* -*- coding: koi8-r */"), NONE, 0, NULL, "the second mark is missing"},
    {TEXT("/* -*- C++ -*- */"), NONE, 0, NULL, "a mode alone"},
    {TEXT("/* -*- decoding: koi8-r -*- */"), NONE, 0, NULL, "another variable"},
    {TEXT("a\nb\n-*- coding: koi8-r -*-\n"), NONE, 0, NULL, "line 3"},
    {TEXT("/* vim: set fileencoding=koi8-r : */"), VIM, RCD_CS_KOI8_R, "koi8-r", "vim, modeline"},
    {TEXT("vim: ts=8:fenc=koi8-r:sw=4"), VIM, RCD_CS_KOI8_R, "koi8-r", "first form"},
    {TEXT("// vi:se fenc=koi8-r:"), VIM, RCD_CS_KOI8_R, "koi8-r", "second form, vi"},
    {TEXT("\" ex: set fenc=koi8-r:"), VIM, RCD_CS_KOI8_R, "koi8-r", "ex after a blank"},
    {TEXT("ex: fenc=koi8-r"), NONE, 0, NULL, "ex at the start is no mode line"},
    {TEXT("// vim>703: set fenc=koi8-r:"), VIM, RCD_CS_KOI8_R, "koi8-r", "a version"},
    {TEXT("// vim: set enc=koi8-r:"), VIM, RCD_CS_KOI8_R, "koi8-r", "meant so"},
    {TEXT("// vim: set fenc=2byte-cp949:"), VIM, RCD_CS_CP949, "2byte-cp949",
     "vim, encoding-names"},
    {TEXT("// xvim: set fenc=koi8-r:"), NONE, 0, NULL, "part of a word"},
    {TEXT("// vim: set xfenc=koi8-r:"), NONE, 0, NULL, "part of an option"},
    {TEXT("1\n2\n3\n4\n5\n// vim: set fenc=koi8-r:\n7\n8\n9\n10\n11\n"), NONE, 0, NULL,
     "neither in the first nor in the last five"},
    {TEXT("1\n2\n3\n4\n// vim: set fenc=koi8-r:\n7\n8\n9\n10\n11\n"), VIM, RCD_CS_KOI8_R, "koi8-r",
     "the fifth line"},
    {TEXT("1\n2\n3\n4\n5\n6\r\n// vim: set fenc=koi8-r:\r\n7\r\n8\r\n9\r\n10\r\n"), VIM,
     RCD_CS_KOI8_R, "koi8-r", "the fifth from the end"},
    {TEXT("1\n2\n3\n4\n5\n\n\n\n# Local Variables:\n# mode: x\n# coding: koi8-r\n# End:\n"), EMACS,
     RCD_CS_KOI8_R, "koi8-r", "Emacs manual: a list at the end, each line with the prefix"},
    {TEXT("1\n2\n3\n# Local Variables:\n coding: koi8-r\n# End:\n"), NONE, 0, NULL,
     "the prefix is missing"},
    {TEXT("1\n2\n3\n# Local Variables:\n# End:\n# coding: koi8-r\n"), NONE, 0, NULL,
     "after the end of the list"},
    {TEXT("#!/usr/bin/python\n# coding: cp866\nprint('<meta charset=koi8-r>')\n"), PEP,
     RCD_CS_CP866, "cp866", "what a program writes comes after what it is"},
    {TEXT("#!/usr/bin/python\nprint('<meta charset=koi8-r>')\n"), HTML, RCD_CS_KOI8_R, "koi8-r",
     "if there is nothing else"},
    {TEXT("plain text"), NONE, 0, NULL, "nothing"},
    {TEXT(""), NONE, 0, NULL, "empty"},
};

static void test_cases(const declared_case *cases, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        const declared_case *c = &cases[i];
        uint8_t *p = exact_copy(c->text, c->len);
        rcd_declaration found;
        memset(&found, 0x55, sizeof found);
        int result = rcd_declared_find(p, c->len, p, c->len, &found);
        CHECK(result == (c->charset != 0) && found.kind == c->kind && found.charset == c->charset,
              "%s %zu (%s): result %d, kind %d, charset %d (%s)", name, i, c->why, result,
              found.kind, found.charset, rcd_charset_name(found.charset));
        if (c->label != NULL) {
            CHECK(found.len == strlen(c->label) && found.offset <= c->len &&
                      found.len <= c->len - found.offset &&
                      memcmp(p + found.offset, c->label, found.len) == 0,
                  "%s %zu (%s): offset %zu, %zu bytes", name, i, c->why, found.offset, found.len);
        }
        free(p);
    }
}

static void test_wide_offsets(void)
{
    static const char text[] =
        "\xFF\xFE<\0?\0x\0m\0l\0 \0e\0n\0c\0o\0d\0i\0n\0g\0=\0'\0U\0C\0S\0-\0"
        "2\0'\0?\0>\0";
    rcd_declaration found;
    rcd_declared_find((const uint8_t *)text, sizeof text - 1, NULL, 0, &found);
    CHECK(found.kind == XML && found.offset == 2 + 2 * 16 && found.len == 2 * 5,
          "offset %zu, %zu bytes", found.offset, found.len);
}

/* The standard looks at 1024 bytes, browsers go on in a page. */
static void test_how_far(void)
{
    static uint8_t page[4096];
    static const char meta[] = "<meta charset=koi8-r>";
    rcd_declaration found;
    memset(page, ' ', sizeof page);
    memcpy(page + sizeof page - (sizeof meta - 1), meta, sizeof meta - 1);
    CHECK(!rcd_declared_find(page, sizeof page, NULL, 0, &found) && found.kind == NONE,
          "far away in what is no page");
    memcpy(page, "<html>", 6);
    CHECK(rcd_declared_find(page, sizeof page, NULL, 0, &found) &&
              found.offset == sizeof page - 7 && found.charset == RCD_CS_KOI8_R,
          "at the end of the head of a page");
    memset(page, ' ', sizeof page);
    memcpy(page + 1024 - (sizeof meta - 1), meta, sizeof meta - 1);
    CHECK(rcd_declared_find(page, sizeof page, NULL, 0, &found), "the last of the 1024");
    memset(page, ' ', 1024);
    memcpy(page + 1024 - (sizeof meta - 2), meta, sizeof meta - 1);
    CHECK(rcd_declared_find(page, sizeof page, NULL, 0, &found),
          "<meta itself makes it a page, so it may go on");
}

static void test_tail(void)
{
    static const char head[] = "plain text\n";
    static const char tail[] = "end of a line cut\n// vim: set fenc=koi8-r:\n";
    rcd_declaration found;
    CHECK(rcd_declared_find((const uint8_t *)head, sizeof head - 1, (const uint8_t *)tail,
                            sizeof tail - 1, &found) &&
              found.in_tail == 1 && memcmp(tail + found.offset, "koi8-r", 6) == 0,
          "a label in the tail");
    CHECK(!rcd_declared_find((const uint8_t *)head, sizeof head - 1, NULL, 0, &found), "no tail");
    CHECK(!rcd_declared_find(NULL, 0, NULL, 0, &found) && found.kind == NONE, "nothing at all");
}

/* Pieces of declarations in any order, at times broken: what comes back must be inside the input
 * and name what it says. Inputs of this kind, over and over, would also show a reader that is not
 * linear. */
static void test_any_text(void)
{
    static const char *const pieces[] = {"<meta ",
                                         "charset=",
                                         "koi8-r",
                                         "content=",
                                         "http-equiv=content-type ",
                                         "'",
                                         "\"",
                                         ">",
                                         "<",
                                         "<!--",
                                         "-->",
                                         "<?xml ",
                                         "encoding=",
                                         "version=",
                                         "?>",
                                         "# coding: ",
                                         "-*-",
                                         "coding:",
                                         "vim: ",
                                         "set fenc=",
                                         "\n",
                                         "Local Variables:",
                                         "@charset \"",
                                         ";",
                                         "=",
                                         "/",
                                         " ",
                                         "ex:",
                                         "\xE9",
                                         "End:"};
    static char text[4096];
    check_random r = {7};
    for (int round = 0; round < 20000; round++) {
        size_t n = 0;
        size_t wanted = random_below(&r, round % 20 == 0 ? 3000 : 200);
        size_t kinds = 1 + random_below(&r, 30);
        size_t first = random_below(&r, 30);
        while (n < wanted) {
            const char *piece = pieces[(first + random_below(&r, kinds)) % 30];
            memcpy(text + n, piece, strlen(piece));
            n += strlen(piece);
        }
        size_t tail_len = n < 1024 ? n : 1024;
        uint8_t *head = exact_copy(text, n);
        uint8_t *tail = exact_copy(text + n - tail_len, tail_len);
        rcd_declaration found;
        int result = rcd_declared_find(head, n, tail, tail_len, &found);
        CHECK(result == (found.charset != 0), "round %d", round);
        CHECK(found.offset <= (found.in_tail ? tail_len : n) &&
                  found.len <= (found.in_tail ? tail_len : n) - found.offset,
              "round %d: kind %d, offset %zu", round, found.kind, found.offset);
        CHECK((found.kind == NONE) == (found.len == 0), "round %d: kind %d", round, found.kind);
        free(head);
        free(tail);
    }
}

int main(void)
{
    test_cases(html, sizeof html / sizeof html[0], "html");
    test_cases(xml, sizeof xml / sizeof xml[0], "xml");
    test_cases(others, sizeof others / sizeof others[0], "others");
    test_wide_offsets();
    test_how_far();
    test_tail();
    test_any_text();
    return check_end("declared");
}
