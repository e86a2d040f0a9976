/* rcd_plain_letter.c : see rcd_plain_letter.h. */
#include "rcd_plain_letter.h"

#define LATIN 0xC0u
#define VIETNAMESE 0x1E00u /* and Welsh and Irish letters */
#define COMMA_BELOW 0x218u /* of Romanian */
#define CYRILLIC 0x430u
#define CYRILLIC_CAPITALS 0x20u /* so many letters before the small ones; */
#define CYRILLIC_OTHERS 0x50u   /* of those from Ѐ on */
#define GREEK 0x3ACu
#define GREEK_CAPITALS 0x20u

/* Letters of a block, each with the two that may be written for it. */
typedef struct {
    unsigned first, count;
    const char *letters;
} block;

static int is_one_of(const block *in, unsigned cp, unsigned plain)
{
    const unsigned at = cp - in->first;
    if (at >= in->count || plain == '-') {
        return 0;
    }
    return plain == (unsigned char)in->letters[2u * at] || plain == (unsigned char)in->letters[2u * at + 1u];
}

char rcd_without_mark(unsigned cp)
{
    static const char plain[] = "aaaaaa-ceeeeiiiidnooooo-ouuuuy-saaaaaa-ceeeeiiiidnooooo-ouuuuy-y"
                                "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii--jjkkkllllllllll"
                                "nnnnnnnnnoooooo--rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    return cp - LATIN < sizeof plain - 1u ? plain[cp - LATIN] : '-';
}

static char without_two_marks(unsigned cp)
{
    static const char plain[] =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssss"
        "ssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy------aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeee"
        "iiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy";
    return cp - VIETNAMESE < sizeof plain - 1u ? plain[cp - VIETNAMESE] : '-';
}

/* Ligatures and letters that are two in ASCII, or none's without its mark. */
static int begins(unsigned cp, unsigned plain)
{
    switch (cp | 0x20u) {
    case 0xE6: return plain == 'a';
    case 0xFE: return plain == 't';
    default: break;
    }
    switch (cp) {
    case 0x132: case 0x133: case 0x1B0: case 0x1AF: return plain == (cp < 0x140u ? 'i' : 'u');
    case 0x152: case 0x153: case 0x1A0: case 0x1A1: return plain == 'o';
    case 0x14A: case 0x14B: return plain == 'n';
    case COMMA_BELOW: case COMMA_BELOW + 1u: return plain == 's';
    case COMMA_BELOW + 2u: case COMMA_BELOW + 3u: return plain == 't';
    default: return 0;
    }
}

static int is_plain_for_cyrillic(unsigned cp, unsigned plain)
{
    static const block small = {CYRILLIC, 48u,
        "a-b-vwghd-e-zjz-iyjyk-l-m-n-o-p-r-s-t-uyf-hxctcqswsxy-y-y-e-uyya"
        "e-eyd-g-eyszi-iyj-l-n-c-k-i-uwd-"};
    const unsigned lower = cp - (CYRILLIC - CYRILLIC_CAPITALS) < CYRILLIC_CAPITALS ? cp + CYRILLIC_CAPITALS
                           : cp - (CYRILLIC - CYRILLIC_CAPITALS - 16u) < 16u     ? cp + CYRILLIC_OTHERS
                                                                                 : cp;
    return is_one_of(&small, lower, plain);
}

static int is_plain_for_greek(unsigned cp, unsigned plain)
{
    /* From ά to ώ. */
    static const block small = {GREEK, 35u,
        "a-e-hii-uya-bvgyd-e-z-hitui-k-l-m-n-xjo-p-r-sws-t-uyfphxpcwoi-uyo-uywo"};
    static const block capitals = {0x386u, 11u, "a---e-hii---o---uywoi-"};
    const unsigned lower = cp - (GREEK + 5u - GREEK_CAPITALS) < 27u ? cp + GREEK_CAPITALS : cp;
    return is_one_of(&small, lower, plain) || (cp < 0x391u && is_one_of(&capitals, cp, plain));
}

int rcd_is_plain_for(unsigned cp, unsigned plain)
{
    if (cp >= VIETNAMESE) {
        return plain == (unsigned char)without_two_marks(cp);
    }
    return cp < GREEK - 0x40u ? plain == (unsigned char)rcd_without_mark(cp) || begins(cp, plain)
           : cp < CYRILLIC - 0x40u ? is_plain_for_greek(cp, plain)
                                   : is_plain_for_cyrillic(cp, plain);
}
