import { useMe, useMyShop } from '../../api/me.ts'
import { PictureEditor } from './picture-editor.tsx'

export function MyPicture() {
  const { data: user } = useMe()
  return user ? <PictureEditor whose="user" name={user.name} picture={user.avatar_url} /> : null
}

export function MyShopPicture() {
  const { data: shop } = useMyShop()
  return shop ? <PictureEditor whose="shop" name={shop.shop_name} picture={shop.avatar_url} /> : null
}
