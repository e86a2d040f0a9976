/* rcd_kana_order.c : see rcd_kana_order.h. */
#include "rcd_kana_order.h"

#define HIRAGANA 0x3041u
#define KATAKANA 0x30A1u
#define KANA 83u /* from small A to N */
/* So many bytes are searched for a row, in which no more than so many are between two kana, and so many follow
 * the one before. */
#define BEGINNING 1024u
#define BETWEEN_KANA 16u
#define ROW 4u
/* Tenths of a bit: that kana are listed at all; that one follows the one before, at first and in a row. */
#define COST_LISTED 150
#define COST_FIRST 60
#define COST_NEXT 12

/* Small, plain, voiced and half-voiced ones, and the two that are no more in use, in the order of the codes. */
static const char kinds[KANA + 1u] = "spspspspsp"
                                     "pvpvpvpvpvpvpvpvpvpv"
                                     "pvpvspvpvpv"
                                     "ppppp"
                                     "pvhpvhpvhpvhpvh"
                                     "ppppp"
                                     "spspsp"
                                     "ppppp"
                                     "sprrpp";

/* Is a kana the next of its kind, or the next code? Both count from small A. */
static int is_next(uint32_t last, uint32_t kana)
{
    if (kana <= last) {
        return 0;
    }
    uint32_t i = last + 1u;
    while (i < kana && kinds[i] != kinds[last]) {
        i++;
    }
    return i == kana && (kana == last + 1u || kinds[kana] == kinds[last]);
}

/* The kana of two bytes, from 1 on, katakana from 129 on; 0 = none. */
static uint32_t kana_of(unsigned lead, unsigned trail, int euc)
{
    uint32_t at = KANA;
    unsigned katakana = 0;
    if (euc) {
        katakana = lead - 0xA4u;
        at = trail - 0xA1u;
    } else {
        katakana = lead - 0x82u;
        at = katakana == 0 ? trail - 0x9Fu : trail - 0x40u - (trail >= 0x80u);
    }
    return katakana <= 1u && at < KANA ? 1u + at + 128u * katakana : 0u;
}

int rcd_kana_order_may_be(const uint8_t *text, size_t len, int euc)
{
    const size_t end = len < BEGINNING ? len : BEGINNING;
    uint32_t last = 0, run = 0;
    size_t behind = 0;
    for (size_t i = 0; i + 1u < end; i++) {
        const uint32_t kana = text[i] >= 0x80u ? kana_of(text[i], text[i + 1u], euc) : 0u;
        if (kana == 0) {
            continue;
        }
        const int follows = last != 0 && i - behind <= BETWEEN_KANA && last / 128u == kana / 128u &&
                            is_next(last % 128u - 1u, kana % 128u - 1u);
        run = follows ? run + 1u : 0u;
        if (run == ROW) {
            return 1;
        }
        last = kana;
        i++;
        behind = i;
    }
    return 0;
}

void rcd_kana_order_begin(rcd_kana_order *k)
{
    k->cost = COST_LISTED;
    k->last = k->run = 0;
}

int rcd_kana_order_take(rcd_kana_order *k, uint32_t cp)
{
    const uint32_t first = cp >= KATAKANA ? KATAKANA : HIRAGANA;
    if (cp - first >= KANA) {
        const int divides = cp < 0x80u || cp - 0x3000u < 3u || cp == 0x30FBu;
        k->last = divides ? k->last : 0u;
        return 0;
    }
    const int follows = k->last >= first && k->last - first < KANA && is_next(k->last - first, cp - first);
    k->run = follows ? k->run + 1u : 0u;
    k->last = cp;
    k->cost += !follows ? 0 : k->run < ROW ? COST_FIRST : COST_NEXT;
    return follows;
}
